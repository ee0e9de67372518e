// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.model.Api;
import java.util.List;
import java.util.Optional;

/** Which functions return a pointer with a reference that is the caller's from then on. */
public final class Acquisitions {
  /** A function that returns what another returns, and so on. */
  private static final int MAX_LEVELS = 3;

  /** What is known of a function's result. */
  public enum Acquisition {
    YES,
    /** Nothing in its facts takes or makes a reference. */
    NO,
    /** Its body is not known. */
    UNKNOWN
  }

  private final Program program;
  private final CountEffects effects;

  private Acquisitions(Program program) {
    this.program = program;
    this.effects = CountEffects.of(program);
  }

  /** The acquisitions of a program. */
  public static Acquisitions of(Program program) {
    return program.memo(Acquisitions.class, () -> new Acquisitions(program));
  }

  /** Whether the result of calling {@code callee} in {@code file} carries a reference. */
  public Acquisition acquires(String callee, String file) {
    Optional<Api> api = program.model().find(CountEffects.FAMILY, callee);
    if (api.isPresent()) {
      return api.get().does(CountEffects.FAMILY, "get", "alloc")
          ? Acquisition.YES
          : Acquisition.UNKNOWN;
    }
    return program
        .resolve(callee, file)
        .map(f -> acquires(f, MAX_LEVELS))
        .orElse(Acquisition.UNKNOWN);
  }

  private Acquisition acquires(FunctionRef function, int levels) {
    return program.memo(
        List.of("acquires", function, levels), () -> computeAcquires(function, levels));
  }

  private Acquisition computeAcquires(FunctionRef function, int levels) {
    FunctionFacts f = program.facts(function);
    if (!f.returnType().isPointer()) {
      return Acquisition.NO;
    }
    Acquisition result = f.indirectCalls().isEmpty() ? Acquisition.NO : Acquisition.UNKNOWN;
    for (String callee : f.callees()) {
      if (program
          .model()
          .does(callee, CountEffects.FAMILY, "get", "try-get", "count-init", "alloc")) {
        return Acquisition.YES;
      }
      Optional<FunctionRef> next = program.resolve(callee, function.file());
      if (next.isEmpty() || next.get().equals(function)) {
        continue;
      }
      if (effects.of(next.get()).values().stream()
          .anyMatch(e -> e.contains(CountEffect.GET) || e.contains(CountEffect.TRY_GET))) {
        return Acquisition.YES;
      }
      if (program.facts(next.get()).returnType().isPointer()) {
        Acquisition inner = levels == 0 ? Acquisition.UNKNOWN : acquires(next.get(), levels - 1);
        if (inner == Acquisition.YES) {
          return inner;
        }
        result = inner == Acquisition.UNKNOWN ? inner : result;
      }
    }
    return result;
  }
}
