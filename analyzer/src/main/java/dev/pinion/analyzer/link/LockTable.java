// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockEffect;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the functions of a whole tree leave behind for their callers, as it is known after each
 * round of looking at those who call what the round before has found.
 *
 * @param rounds the functions that leave anything behind, by what is known of their callees; the
 *     first is what they do by their own facts. Nobody changes these maps
 * @param names of functions, macros and guards that may leave something behind; there may be some
 *     among them that do not
 */
public record LockTable(List<Map<FunctionRef, List<LockEffect>>> rounds, Set<String> names) {
  /** Wrappers of wrappers of wrappers. */
  static final int MAX_ROUNDS = 6;

  static final LockTable EMPTY = new LockTable(List.of(), Set.of());

  public LockTable {
    rounds = List.copyOf(rounds);
  }

  /** What is known after a round; rounds after the last bring nothing. */
  Map<FunctionRef, List<LockEffect>> round(int number) {
    return rounds.isEmpty() ? Map.of() : rounds.get(Math.min(number, rounds.size() - 1));
  }

  /**
   * What a call of the function leaves behind. What has not settled in the last round counts only
   * as far as it gives back.
   */
  List<LockEffect> of(FunctionRef function) {
    List<LockEffect> known = round(MAX_ROUNDS).getOrDefault(function, List.of());
    return rounds.size() <= MAX_ROUNDS
            || known.equals(round(MAX_ROUNDS - 1).getOrDefault(function, List.of()))
        ? known
        : known.stream().filter(LockEffect::isEnd).toList();
  }

  /** The names of the functions of which two rounds, or two tables' rounds, do not say the same. */
  static Set<String> different(
      Map<FunctionRef, List<LockEffect>> before, Map<FunctionRef, List<LockEffect>> after) {
    Set<String> names = new HashSet<>();
    after.forEach(
        (f, effects) -> {
          if (!effects.equals(before.get(f))) {
            names.add(f.name());
          }
        });
    before.forEach(
        (f, effects) -> {
          if (!after.containsKey(f)) {
            names.add(f.name());
          }
        });
    return names;
  }
}
