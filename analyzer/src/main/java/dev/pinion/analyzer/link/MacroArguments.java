// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.function.Predicate;

/** What macros may do with the variables that they are given. */
public final class MacroArguments {
  private MacroArguments() {}

  /**
   * Whether what is called by a name in a file may assign a variable that it is given, as {@code
   * swap(a, b)} does: what is no function of the tree may, unless the model knows what it does.
   */
  public static Predicate<String> mayAssign(Program program, String file) {
    return name ->
        !name.isEmpty() && !program.model().knows(name) && program.resolve(name, file).isEmpty();
  }
}
