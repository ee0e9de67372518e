// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;

/**
 * One rule: a value that says what it looks for and a question it can answer about one function.
 *
 * <p>Rules are found by {@link java.util.ServiceLoader}, are stateless, and may be asked about
 * different functions by several threads at once. What must be computed once per program belongs
 * into {@link Program#memo}.
 *
 * <p>A rule is asked in three steps, each dearer than the one before: which files may have
 * something, which of their functions, and what about one of them. Who wants to know about one file
 * begins with the second, so that the rest of the tree costs nothing; therefore a rule looks at
 * what a function itself says before it asks for what the tree says of it.
 */
public interface Rule {
  RuleInfo info();

  /**
   * The files in which a candidate may stand; must not miss one. From {@linkplain Program#files the
   * index} alone where that is possible.
   */
  Collection<String> files(Program program);

  /**
   * Whether a function of one of the {@link #files} is worth a closer look, from facts alone. May
   * say so of a function that turns out clean; must not miss one.
   */
  boolean isCandidate(FunctionRef function, Program program);

  /**
   * Judges one candidate: reports findings and excused candidates, or says nothing. Their primary
   * locations lie in the candidate's file; related ones may lie anywhere.
   */
  void check(FunctionRef function, Program program, Report report);
}
