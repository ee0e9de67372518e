// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.List;

/** Which functions free something, by facts: they call a primitive that does, at some depth. */
final class FreeingFunctions {
  private static final int MAX_LEVELS = 3;

  private FreeingFunctions() {}

  /** Whether the function, or one that it calls, frees something, whatever it is. */
  static boolean frees(FunctionRef function, Program program) {
    return frees(function, MAX_LEVELS, program);
  }

  private static boolean frees(FunctionRef function, int levels, Program program) {
    return program.memo(
        List.of("frees", function, levels),
        () ->
            program.facts(function).callees().stream()
                .anyMatch(
                    c ->
                        program.model().does(c, CountEffects.FAMILY, "free")
                            || program.model().does(c, "rcu", "callback", "free")
                            || (levels > 0
                                && program
                                    .resolve(c, function.file())
                                    .filter(r -> frees(r, levels - 1, program))
                                    .isPresent())));
  }
}
