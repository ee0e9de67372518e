// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import dev.pinion.rules.mutants.operator.Operator;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What to do.
 *
 * @param number how many mutants at most of the operators that are sampled
 * @param minutes after which no more mutants are tried
 * @param operators ids; empty for all
 * @param part where candidates may stand; the whole tree is always the context
 * @param rows where a line for each mutant goes
 * @param resume whether the mutants of the file of rows count as tried
 * @param page whose section is written anew
 * @param sites whether sites are only counted, and none is broken
 */
record Options(
    Path tree,
    Path store,
    long seed,
    int number,
    int minutes,
    List<String> operators,
    String part,
    Optional<Path> rows,
    boolean resume,
    Optional<Path> page,
    boolean sites) {
  static final String USAGE =
      "usage: bench/mutants TREE STORE [--seed N] [--number N] [--minutes N] [--operator ID]... [--part FOLDER]"
          + " [--rows FILE.tsv [--resume]] [--write PAGE.md] [--sites]";

  Options {
    operators = List.copyOf(operators);
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it is none; the message is for the user
   */
  static Options of(String... arguments) {
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    List<String> places = new ArrayList<>();
    List<String> operators = new ArrayList<>();
    long seed = 1;
    int number = 2_000;
    int minutes = Integer.MAX_VALUE;
    String part = "";
    Optional<Path> rows = Optional.empty();
    boolean resume = false;
    Optional<Path> page = Optional.empty();
    boolean sites = false;
    while (!rest.isEmpty()) {
      String next = rest.remove();
      switch (next) {
        case "--seed" -> seed = Long.parseLong(value(next, rest));
        case "--number" -> number = Integer.parseInt(value(next, rest));
        case "--minutes" -> minutes = Integer.parseInt(value(next, rest));
        case "--operator" -> operators.add(value(next, rest));
        case "--part" -> part = value(next, rest);
        case "--rows" -> rows = Optional.of(Path.of(value(next, rest)));
        case "--resume" -> resume = true;
        case "--write" -> page = Optional.of(Path.of(value(next, rest)));
        case "--sites" -> sites = true;
        default -> places.add(next);
      }
    }
    if (places.size() != 2 || places.stream().anyMatch(p -> p.startsWith("-"))) {
      throw new IllegalArgumentException(USAGE);
    }
    return new Options(
        Path.of(places.get(0)),
        Path.of(places.get(1)),
        seed,
        number,
        minutes,
        operators,
        part,
        rows,
        resume,
        page,
        sites);
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " wants a value; " + USAGE);
    }
    return rest.remove();
  }

  /** Whether candidates may stand in a file. */
  boolean covers(String file) {
    return part.isEmpty() || file.equals(part) || file.startsWith(part + "/");
  }

  boolean wants(Operator operator) {
    return operators.isEmpty() || operators.contains(operator.id());
  }
}
