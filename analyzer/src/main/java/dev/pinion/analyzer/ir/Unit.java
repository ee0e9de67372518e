// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.List;

/** One file, lowered: what it declares, its functions in source order, what was not analysed. */
public record Unit(Declarations declarations, List<Function> functions, List<Problem> problems) {
  public Unit {
    functions = List.copyOf(functions);
    problems = List.copyOf(problems);
  }
}
