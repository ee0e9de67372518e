// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

import java.util.List;

/** What may stand behind {@code =} and between the braces of an initialiser. */
public sealed interface Clause extends Node
    permits Expression, Clause.InitializerList, Clause.Designation {

  /** {@code { clause, … }}. */
  record InitializerList(List<Clause> clauses, int first, int last) implements Clause {
    public InitializerList {
      clauses = List.copyOf(clauses);
    }
  }

  /** {@code .a[1] = clause}. */
  record Designation(List<Designator> designators, Clause clause, int first, int last)
      implements Clause {
    public Designation {
      designators = List.copyOf(designators);
    }
  }

  /** One step of a designation. */
  sealed interface Designator {}

  /** {@code .name}. */
  record MemberDesignator(String name) implements Designator {}

  /** {@code [index]} or {@code [from ... to]}; elements are not told apart. */
  record ElementDesignator() implements Designator {}
}
