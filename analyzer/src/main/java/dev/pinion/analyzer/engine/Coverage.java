// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Problem;
import java.util.Comparator;
import java.util.List;

/**
 * The ledger of what was analysed and what was not.
 *
 * @param files files read
 * @param functions functions found in them
 * @param functionsAnalysed those without a problem
 * @param problems the rest, with reasons, sorted by place; and the functions that a rule could not
 *     judge because a limit was reached
 */
public record Coverage(int files, int functions, int functionsAnalysed, List<Entry> problems) {
  static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::location)
          .thenComparing(e -> e.problem().kind())
          .thenComparing(e -> e.problem().detail());

  public Coverage {
    problems = List.copyOf(problems);
  }

  /** One problem and the file it is in. */
  public record Entry(String file, Problem problem) {
    public Location location() {
      return new Location(file, Math.max(1, problem.line()), 1);
    }
  }

  /** Share of functions without a problem, 0 to 1; 1 if there are none. */
  public double share() {
    return functions == 0 ? 1.0 : (double) functionsAnalysed / functions;
  }
}
