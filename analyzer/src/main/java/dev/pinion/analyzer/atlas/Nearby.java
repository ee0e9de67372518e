// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which known names someone may have meant who typed an unknown one. */
final class Nearby {
  private static final int MOST = 5;

  private Nearby() {}

  private record Scored(String name, int distance) {}

  /** The nearest names by edit distance, then those that contain what was typed; best first. */
  static List<String> of(String typed, Collection<String> known) {
    int limit = Math.max(1, Math.min(3, typed.length() / 3));
    Set<Scored> best =
        new TreeSet<>(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name));
    for (String name : known) {
      int distance = distance(typed, name, limit);
      if (distance <= limit) {
        best.add(new Scored(name, distance));
      } else if (typed.length() >= 3 && name.contains(typed)) {
        best.add(new Scored(name, limit + name.length() - typed.length()));
      }
    }
    return best.stream().limit(MOST).map(Scored::name).toList();
  }

  /** Insertions, removals, changes and swaps of neighbours; anything above the limit if more. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] older = new int[b.length() + 1];
    int[] before = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], before[j]) + 1, before[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], older[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > limit) {
        return limit + 1;
      }
      int[] free = older;
      older = before;
      before = row;
      row = free;
    }
    return before[b.length()];
  }
}
