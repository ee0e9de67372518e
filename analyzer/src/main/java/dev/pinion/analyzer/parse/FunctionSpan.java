// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

/**
 * A function definition that was found.
 *
 * @param name the function's name
 * @param arm which reading of the conditionals it belongs to
 * @param firstLine where the definition starts
 * @param lastLine where its body ends
 * @param problems what could not be parsed inside it; empty for a clean function
 */
public record FunctionSpan(
    String name, Arm arm, int firstLine, int lastLine, List<ParseProblem> problems) {
  /** Copies the problems. */
  public FunctionSpan {
    problems = List.copyOf(problems);
  }

  /** True if every statement of the function was parsed. */
  public boolean clean() {
    return problems.isEmpty();
  }
}
