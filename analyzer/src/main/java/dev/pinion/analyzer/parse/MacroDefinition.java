// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

/**
 * A {@code #define} of the file.
 *
 * @param name the macro's name
 * @param kind whether it takes arguments
 * @param parameters the parameter names; a variadic macro ends with {@code ...} or {@code name...}
 * @param body the replacement text on one line: comments and line splices are single spaces
 * @param line the line of the directive
 */
public record MacroDefinition(
    String name, Kind kind, List<String> parameters, String body, int line) {
  /** Whether a macro takes arguments. */
  public enum Kind {
    /** {@code #define NAME body}. */
    OBJECT,
    /** {@code #define NAME(parameters) body}. */
    FUNCTION
  }

  /** Copies the parameters. */
  public MacroDefinition {
    parameters = List.copyOf(parameters);
  }

  /** True if the last parameter takes any number of arguments. */
  public boolean variadic() {
    return !parameters.isEmpty() && parameters.get(parameters.size() - 1).endsWith("...");
  }
}
