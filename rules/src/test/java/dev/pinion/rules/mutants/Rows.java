// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.rules.mutants.operator.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The outcomes of an earlier run, as its file of rows tells them. */
final class Rows {
  private final List<Outcome> outcomes;
  private final Set<String> known = new HashSet<>();

  private Rows(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
    outcomes.forEach(o -> known.add(key(o.mutant())));
  }

  /** None. */
  static Rows none() {
    return new Rows(List.of());
  }

  /** Reads a file; a last line that was cut off is left out. */
  static Rows read(Path file) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split("\t", -1);
      if (cells.length == 6) {
        outcomes.add(outcome(cells));
      }
    }
    return new Rows(outcomes);
  }

  private static Outcome outcome(String... cells) {
    int colon = cells[1].lastIndexOf(':');
    Mutant mutant =
        new Mutant(
            cells[0],
            new FunctionRef(cells[1].substring(0, colon), 0, cells[2]),
            Integer.parseInt(cells[1].substring(colon + 1)),
            cells[3],
            List.of(),
            List.of(),
            Mutant.Known.NOTHING);
    return new Outcome(mutant, Outcome.Kind.valueOf(cells[4].toUpperCase(Locale.ROOT)), cells[5]);
  }

  List<Outcome> outcomes() {
    return outcomes;
  }

  /** Those that were not tried yet. */
  List<Mutant> without(List<Mutant> mutants) {
    return mutants.stream().filter(m -> !known.contains(key(m))).toList();
  }

  private static String key(Mutant mutant) {
    return String.join(
        "\t", mutant.operator(), mutant.file(), String.valueOf(mutant.line()), mutant.what());
  }
}
