// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

import java.util.List;

/** A declaration. */
public sealed interface Declaration extends Node {

  /** {@code specifier declarator, …;}. */
  record Simple(Specifier specifier, List<Declarator> declarators, int first, int last)
      implements Declaration {
    public Simple {
      declarators = List.copyOf(declarators);
    }
  }

  /** A function with its body. */
  record FunctionDefinition(
      Specifier specifier, Declarator declarator, Statement.Compound body, int first, int last)
      implements Declaration {}

  /** What declares nothing: assembly or an assertion. */
  record Other(int first, int last) implements Declaration {}

  /** What could not be read as a declaration. */
  record Unreadable(int first, int last) implements Declaration {}
}
