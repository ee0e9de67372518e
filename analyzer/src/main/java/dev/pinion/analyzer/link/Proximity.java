// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.Declarations.Include;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Which of several definitions of one name a file means, without reading include paths from
 * Makefiles: the file itself, then a file it includes, then the nearest folder, then the tree-wide
 * include folder, then the first by path.
 */
final class Proximity {
  private Proximity() {}

  /** The candidates ordered from nearest to farthest; deterministic. */
  static <T> List<T> order(LinkedFile from, List<T> candidates, Function<T, String> fileOf) {
    if (candidates.size() < 2) {
      return candidates; // What the file includes does not matter.
    }
    List<Include> includes = from.includes();
    List<Scored<T>> scored = new ArrayList<>(candidates.size());
    for (T candidate : candidates) {
      String file = fileOf.apply(candidate);
      scored.add(new Scored<>(candidate, file, score(from.path(), includes, file)));
    }
    scored.sort(NEAREST);
    return scored.stream().map(Scored::candidate).toList();
  }

  /** A candidate with what it is ordered by, which is not cheap to tell. */
  private record Scored<T>(T candidate, String file, int score) {}

  private static final Comparator<Scored<?>> NEAREST =
      Comparator.<Scored<?>>comparingInt(Scored::score).reversed().thenComparing(Scored::file);

  private static int score(String from, List<Include> included, String candidate) {
    if (from.equals(candidate)) {
      return 1_000_000;
    }
    int score = commonFolders(from, candidate) * 10;
    if (includes(from, included, candidate)) {
      score += 100_000;
    }
    if (candidate.startsWith("include/")) {
      score += 5;
    }
    return score;
  }

  private static boolean isInIncludeFolder(String candidate, String path) {
    String folder = "include/";
    int start = candidate.length() - path.length() - folder.length();
    return start >= 0 && candidate.startsWith(folder, start);
  }

  private static boolean includes(String from, List<Include> included, String candidate) {
    for (Include include : included) {
      String path = include.path();
      if (include.form() == Include.Form.QUOTED
          && haveOneName(path, candidate)
          && candidate.equals(relative(from, path))) {
        return true;
      }
      if (candidate.endsWith(path) && isInIncludeFolder(candidate, path)) {
        return !candidate.startsWith("arch/") || sameArchitecture(from, candidate);
      }
    }
    return false;
  }

  /** Whether the last parts of two paths are the same, which few are. */
  private static boolean haveOneName(String a, String b) {
    int length = a.length() - a.lastIndexOf('/') - 1;
    return b.regionMatches(b.length() - length, a, a.length() - length, length);
  }

  private static boolean sameArchitecture(String from, String candidate) {
    if (!from.startsWith("arch/")) {
      return true;
    }
    return from.startsWith(candidate.substring(0, candidate.indexOf('/', 5) + 1));
  }

  /** The path that {@code "../x.h"} in {@code from} names. */
  static String relative(String from, String path) {
    List<String> parts = new ArrayList<>(List.of(from.split("/", -1)));
    parts.remove(parts.size() - 1);
    for (String part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty()) {
        parts.remove(parts.size() - 1);
      } else if (!part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private static int commonFolders(String a, String b) {
    int folders = 0;
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length && a.charAt(i) == b.charAt(i); i++) {
      if (a.charAt(i) == '/') {
        folders++;
      }
    }
    return folders;
  }
}
