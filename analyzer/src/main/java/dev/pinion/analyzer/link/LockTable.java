// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.query.Queries;
import java.util.HashSet;
import java.util.List;
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
public record LockTable(List<LockRound> rounds, Set<String> names) {
  /** Wrappers of wrappers of wrappers. */
  static final int MAX_ROUNDS = 6;

  private static final int LOCKS = Queries.number("locks");

  private static final LockRound NOTHING = LockRound.empty();

  static final LockTable EMPTY = new LockTable(List.of(), Set.of());

  public LockTable {
    rounds = List.copyOf(rounds);
  }

  /** What is known after a round; rounds after the last bring nothing. */
  LockRound round(int number) {
    return rounds.isEmpty() ? NOTHING : rounds.get(Math.min(number, rounds.size() - 1));
  }

  /**
   * What a call of the function leaves behind. What has not settled in the last round counts only
   * as far as it gives back.
   */
  List<LockEffect> of(FunctionRef function) {
    List<LockEffect> known = round(MAX_ROUNDS).of(function);
    return rounds.size() <= MAX_ROUNDS || known.equals(round(MAX_ROUNDS - 1).of(function))
        ? known
        : known.stream().filter(LockEffect::isEnd).toList();
  }

  /**
   * The functions of which two tables do not say the same: what a table says hangs on the last two
   * rounds that there may be, and on whether there are so many.
   */
  private Set<FunctionRef> functionsThatDiffer(LockTable other) {
    Set<FunctionRef> all = round(MAX_ROUNDS).differences(other.round(MAX_ROUNDS));
    all.addAll(unsettled());
    all.addAll(other.unsettled());
    all.removeIf(f -> of(f).equals(other.of(f)));
    return all;
  }

  private Set<FunctionRef> unsettled() {
    return rounds.size() <= MAX_ROUNDS
        ? Set.of()
        : round(MAX_ROUNDS).differences(round(MAX_ROUNDS - 1));
  }

  /** The names that only one of two tables has. */
  @SuppressWarnings("ReferenceEquality") // Of tables that are made from each other it is one set.
  private Set<String> namesThatDiffer(LockTable other) {
    if (names == other.names) {
      return Set.of();
    }
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
  static Set<String> different(LockRound before, LockRound after) {
    Set<String> names = new HashSet<>();
    after.differences(before).forEach(f -> names.add(f.name()));
    return names;
  }
}
