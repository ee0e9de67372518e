// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One rule: a value that says what it looks for and a question it can answer about one function.
 *
 * <p>Rules are found by {@link java.util.ServiceLoader}, are stateless, and may be asked about
 * different functions by several threads at once. What must be computed once per program belongs
 * into {@link Program#memo}.
 */
public interface Rule {
  RuleInfo info();

  /**
   * The functions worth a closer look, from facts alone. May name a function that turns out clean;
   * must not miss one.
   */
  Collection<FunctionRef> candidates(Program program);

  /**
   * Whether one function is worth a closer look: for those who ask about a few files, to whom the
   * rest of the tree should cost nothing. May say so of more functions than {@link #candidates}
   * names, if {@link #check} then has nothing to say of them.
   */
  default boolean isCandidate(FunctionRef function, Program program) {
    return allCandidates(program).contains(function);
  }

  /** The {@link #candidates}, sorted, and remembered. */
  default SortedSet<FunctionRef> allCandidates(Program program) {
    return program.memo(
        List.of("candidates", info().id()), () -> new TreeSet<>(candidates(program)));
  }

  /**
   * Judges one candidate: reports findings and excused candidates, or says nothing. Their primary
   * locations lie in the candidate's file; related ones may lie anywhere.
   */
  void check(FunctionRef function, Program program, Report report);
}
