// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileParts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * What is another since an earlier state, locks and the build aside.
 *
 * @param numbers of the inputs of {@link Reuse#footprints} that are others
 * @param moves of the files that are others, where the lines are that say the same
 */
public record Since(Set<Integer> numbers, Map<String, Moves> moves) {
  public Since {
    numbers = Set.copyOf(numbers);
    moves = Map.copyOf(moves);
  }

  /** As of {@link Reuse#since}. */
  static Since of(
      Map<String, Optional<FileFacts>> before,
      TreeFiles files,
      FileChange.Bodies bodies,
      IntPredicate isAsked) {
    Set<Integer> numbers = new HashSet<>();
    Map<String, Moves> moves = new HashMap<>();
    before.forEach(
        (path, was) -> {
          FileFacts old = was.orElse(FileFacts.NONE);
          FileFacts now = files.now(path);
          if (was.isPresent() != files.isNowThere(path)) {
            numbers.addAll(TreeFiles.touchedByPresence(path));
          }
          Optional<Moves> moved = Moves.of(old, now);
          moves.put(path, moved.orElse(Moves.NONE));
          numbers.addAll(
              TreeFiles.touched(
                  new FileChange(path, old, now),
                  moved.isPresent() ? FileParts.Form.ORDERED : FileParts.Form.EXACT,
                  isAsked,
                  bodies));
        });
    return new Since(numbers, moves);
  }
}
