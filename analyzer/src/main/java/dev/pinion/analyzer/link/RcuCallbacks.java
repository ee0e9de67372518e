// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.model.Api;
import java.util.List;
import java.util.Optional;

/**
 * Which functions run only after a grace period: callbacks of {@code call_rcu} and their callees.
 */
public final class RcuCallbacks {
  private static final int MAX_LEVELS = 3;

  private final Program program;

  private RcuCallbacks(Program program) {
    this.program = program;
  }

  public static RcuCallbacks of(Program program) {
    return program.memo(RcuCallbacks.class, () -> new RcuCallbacks(program));
  }

  /** The callback through which {@code function} is surely only reached; empty otherwise. */
  public Optional<FunctionRef> around(FunctionRef function) {
    return around(function, MAX_LEVELS);
  }

  private Optional<FunctionRef> around(FunctionRef function, int levels) {
    List<OpsTables.Escape> escapes = OpsTables.of(program).escapesOf(function);
    List<FunctionRef> callers = program.callersOf(function);
    if (!escapes.stream().allMatch(this::isCallback)) {
      return Optional.empty();
    }
    if (callers.isEmpty()) {
      return escapes.isEmpty() ? Optional.empty() : Optional.of(function);
    }
    if (levels == 0) {
      return Optional.empty();
    }
    Optional<FunctionRef> callback = Optional.empty();
    for (FunctionRef caller : callers) {
      callback = around(caller, levels - 1);
      if (callback.isEmpty()) {
        return callback;
      }
    }
    return callback;
  }

  private boolean isCallback(OpsTables.Escape escape) {
    Optional<Api> api = program.model().find("rcu", escape.callee());
    return api.isPresent()
        && api.get().operation().equals("callback")
        && api.get().argument("callback") == escape.argument();
  }
}
