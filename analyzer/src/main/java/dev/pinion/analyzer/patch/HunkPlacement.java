// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Puts hunks into a file as {@code git apply} does: every context line must be there, the place may
 * be another one, a hunk without trailing context belongs to the file's end and one that starts at
 * line 1 to its beginning.
 */
final class HunkPlacement {
  private final List<String> file;
  private final BiPredicate<String, String> equal;

  private HunkPlacement(List<String> file, BiPredicate<String, String> equal) {
    this.file = file;
    this.equal = equal;
  }

  /**
   * The outcome.
   *
   * @param lines of the new file; empty if a hunk has no place
   * @param failed the hunk that has none, if so
   */
  record Outcome(Optional<List<String>> lines, Optional<Hunk> failed) {}

  /** Puts all hunks into their places. */
  static Outcome apply(List<Hunk> hunks, List<String> file) {
    return new HunkPlacement(file, String::equals).apply(hunks);
  }

  /** Whether the hunks would fit if white space did not count. */
  static boolean fitsButForWhiteSpace(List<Hunk> hunks, List<String> file) {
    return new HunkPlacement(file, (a, b) -> bare(a).equals(bare(b)))
        .apply(hunks)
        .lines()
        .isPresent();
  }

  /** Whether the file has already what the hunks bring. */
  static boolean isApplied(List<Hunk> hunks, List<String> file) {
    HunkPlacement placement = new HunkPlacement(file, String::equals);
    int from = 0;
    for (Hunk hunk : hunks) {
      Optional<Integer> at =
          placement.find(hunk.after(), hunk.newStart() - 1, from, Anchor.of(hunk, hunk.newStart()));
      if (at.isEmpty()) {
        return false;
      }
      from = at.get() + hunk.after().size();
    }
    return true;
  }

  private static String bare(String line) {
    return line.replaceAll("\\s+", "");
  }

  /** Which end of the file a hunk is bound to. */
  private record Anchor(boolean atBeginning, boolean atEnd) {
    static Anchor of(Hunk hunk, int start) {
      return new Anchor(start <= 1, hunk.trailing() == 0);
    }
  }

  private Outcome apply(List<Hunk> hunks) {
    List<String> result = new ArrayList<>(file.size());
    int from = 0;
    int offset = 0;
    for (Hunk hunk : hunks) {
      List<String> before = hunk.before();
      int expected = hunk.oldStart() - (before.isEmpty() ? 0 : 1);
      Optional<Integer> at =
          find(before, expected + offset, from, Anchor.of(hunk, hunk.oldStart()));
      if (at.isEmpty()) {
        return new Outcome(Optional.empty(), Optional.of(hunk));
      }
      offset = at.get() - expected;
      result.addAll(file.subList(from, at.get()));
      from = at.get() + before.size();
      result.addAll(hunk.after());
    }
    result.addAll(file.subList(from, file.size()));
    return new Outcome(Optional.of(result), Optional.empty());
  }

  /** The place nearest to the expected one, the later of two that are as near. */
  private Optional<Integer> find(List<String> wanted, int expected, int from, Anchor anchor) {
    int last = file.size() - wanted.size();
    int near = Math.max(from, Math.min(expected, last)); // A header may say any number.
    for (int distance = 0; distance <= file.size(); distance++) {
      for (int at : new int[] {near + distance, near - distance}) {
        if (at >= from
            && at <= last
            && (!anchor.atBeginning() || at == 0)
            && (!anchor.atEnd() || at == last)
            && matches(wanted, at)) {
          return Optional.of(at);
        }
      }
    }
    return Optional.empty();
  }

  private boolean matches(List<String> wanted, int at) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!equal.test(wanted.get(i), file.get(at + i))) {
        return false;
      }
    }
    return true;
  }
}
