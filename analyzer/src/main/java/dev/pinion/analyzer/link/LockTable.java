// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.query.Queries;
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

  private static final int LOCKS = Queries.number("locks");

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

  /** The functions of which two tables do not say the same. */
  private Set<FunctionRef> functionsThatDiffer(LockTable other) {
    Set<FunctionRef> all = new HashSet<>(round(MAX_ROUNDS).keySet());
    all.addAll(other.round(MAX_ROUNDS).keySet());
    all.removeIf(f -> of(f).equals(other.of(f)));
    return all;
  }

  /** The names that only one of two tables has. */
  private Set<String> namesThatDiffer(LockTable other) {
    Set<String> all = new HashSet<>(names);
    all.addAll(other.names);
    all.removeIf(n -> names.contains(n) && other.names.contains(n));
    return all;
  }

  /** The number of the input that is what the table says of a function. */
  static int number(FunctionRef function) {
    return number(function.file(), function.index());
  }

  /** The same for whatever function has that place in a file. */
  static int number(String file, int index) {
    return Queries.number(file, LOCKS + index);
  }

  /** The number of the input that is whether the table has a name. */
  static int number(String name) {
    return Queries.number(name, LOCKS);
  }

  /** The numbers of the inputs that differ between two tables. */
  Set<Integer> touched(LockTable other) {
    Set<Integer> numbers = new HashSet<>();
    functionsThatDiffer(other).forEach(f -> numbers.add(number(f)));
    namesThatDiffer(other).forEach(n -> numbers.add(number(n)));
    return numbers;
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
