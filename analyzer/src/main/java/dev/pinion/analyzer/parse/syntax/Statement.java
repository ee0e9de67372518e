// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement, or a declaration among statements. */
public sealed interface Statement extends Node {

  /** {@code { statements }}. */
  record Compound(List<Statement> statements, int first, int last) implements Statement {
    public Compound {
      statements = List.copyOf(statements);
    }
  }

  /** {@code expression;}. */
  record ExpressionStatement(Expression expression, int first, int last) implements Statement {}

  /** A declaration among statements. */
  record DeclarationStatement(Declaration declaration) implements Statement {
    @Override
    public int first() {
      return declaration.first();
    }

    @Override
    public int last() {
      return declaration.last();
    }
  }

  /** {@code if (condition) then else otherwise}. */
  record If(
      Expression condition, Statement then, @Nullable Statement otherwise, int first, int last)
      implements Statement {}

  /** {@code switch (value) body}. */
  record Switch(Expression value, Statement body, int first, int last) implements Statement {}

  /** {@code while (condition) body}. */
  record While(Expression condition, Statement body, int first, int last) implements Statement {}

  /** {@code do body while (condition);}. */
  record Do(Statement body, Expression condition, int first, int last) implements Statement {}

  /** {@code for (initial; condition; step) body}; an absent initial statement is {@link Empty}. */
  record For(
      Statement initial,
      @Nullable Expression condition,
      @Nullable Expression step,
      Statement body,
      int first,
      int last)
      implements Statement {}

  /** {@code name: statement}. */
  record Labeled(String label, Statement statement, int first, int last) implements Statement {}

  /** {@code case value:}; what follows stands beside it. */
  record Case(Expression value, int first, int last) implements Statement {}

  /** {@code default:}. */
  record Default(int first, int last) implements Statement {}

  /** {@code goto label;}. */
  record Goto(String label, int first, int last) implements Statement {}

  /** {@code goto *target;}. */
  record ComputedGoto(Expression target, int first, int last) implements Statement {}

  /** {@code return value;}. */
  record Return(@Nullable Clause value, int first, int last) implements Statement {}

  /** {@code break;}. */
  record Break(int first, int last) implements Statement {}

  /** {@code continue;}. */
  record Continue(int first, int last) implements Statement {}

  /** Inline assembly; of its text only the places that it writes are kept. */
  record Assembly(List<Output> outputs, int first, int last) implements Statement {
    public Assembly {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * An operand that inline assembly writes: {@code "=r" (x)} or {@code "+m" (*p->y)}.
   *
   * @param dereferenced whether a {@code *} stands before the place
   * @param variable where the place starts
   * @param members the members on the way, each with its {@code .} or {@code ->} in front
   */
  record Output(boolean dereferenced, String variable, List<String> members) {
    public Output {
      members = List.copyOf(members);
    }
  }

  /** {@code ;}. */
  record Empty(int first, int last) implements Statement {}

  /** What could not be read as a statement. */
  record Unreadable(int first, int last) implements Statement {}
}
