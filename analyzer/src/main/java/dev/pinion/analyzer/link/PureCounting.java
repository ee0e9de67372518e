// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FunctionFacts;
import java.util.Locale;
import java.util.Set;

/**
 * Which functions do nothing but count. One that takes a reference and goes on to link, arm or fill
 * in the object uses it, and is no get.
 */
final class PureCounting {
  private static final int MAX_LINES = 40;

  private final Program program;

  PureCounting(Program program) {
    this.program = program;
  }

  /**
   * Whether the function, besides calling counting primitives, does no more than check, trace and
   * lock.
   *
   * @param counting names of further functions that count
   */
  boolean isPure(FunctionRef function, Set<String> counting) {
    FunctionFacts f = program.facts(function);
    return f.endLine() - f.position().line() <= MAX_LINES
        && f.indirectCalls().isEmpty()
        && f.pointerStores().isEmpty()
        && f.callees().stream().allMatch(c -> counting.contains(c) || isHarmless(c, function));
  }

  private boolean isHarmless(String callee, FunctionRef from) {
    if (program.model().find("list", callee).isPresent()) {
      return false;
    }
    return CountingUses.primitive(program, callee).isPresent()
        || program.model().find("lock", callee).isPresent()
        || program.model().find("rcu", callee).isPresent()
        || callee.contains("trace")
        || program
            .resolve(callee, from.file())
            .map(this::doesNothing)
            .orElseGet(() -> isMacro(callee, from));
  }

  /** Small inline tests call nothing. */
  private boolean doesNothing(FunctionRef callee) {
    FunctionFacts f = program.facts(callee);
    return f.callees().isEmpty() && f.pointerStores().isEmpty();
  }

  /** Checks and hints: {@code WARN_ON}, {@code likely}. */
  private boolean isMacro(String callee, FunctionRef from) {
    return callee.equals(callee.toUpperCase(Locale.ROOT))
        || callee.startsWith("__builtin_")
        || !program.macros(callee, from.file()).isEmpty();
  }
}
