// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockEffect;
import java.util.List;

/**
 * Functions, macros and guards that leave a lock held, or give one back, for their caller: {@code
 * rtnl_lock()} and its like, known by their bodies.
 */
public final class LockWrappers {
  private final Program program;
  private final LockCalls calls;

  private LockWrappers(Program program) {
    this.program = program;
    this.calls =
        new LockCalls(
            program,
            new LockTexts(program),
            name -> program.locks().hasName(name),
            function -> program.locks().of(function));
  }

  /** The wrappers of a program. */
  public static LockWrappers of(Program program) {
    return program.memo(LockWrappers.class, () -> new LockWrappers(program));
  }

  /** Whether the function calls one, so that its facts do not tell all that it holds. */
  public boolean areCalledIn(FunctionRef function) {
    return program.memo(
        List.of("LockWrappers.areCalledIn", function),
        () ->
            program.facts(function).callees().stream()
                .anyMatch(n -> !effects(n, function.file()).isEmpty()));
  }

  /** What a call of {@code name} in {@code file} leaves behind. */
  public List<LockEffect> effects(String name, String file) {
    return calls.effects(name, file);
  }
}
