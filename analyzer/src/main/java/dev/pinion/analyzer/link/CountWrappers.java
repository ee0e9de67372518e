// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.model.Api;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Effects of thin wrappers, which only their bodies show: {@code foo_get(x)} that calls {@code
 * bar_get(x ? &x->bar : NULL)}. Loads bodies, on demand.
 */
final class CountWrappers {
  /** Wrappers of wrappers of wrappers. */
  private static final int MAX_LEVELS = 3;

  /** A function with more callees than this is no thin wrapper. */
  private static final int MAX_CALLEES = 8;

  private final Program program;
  private final CountEffects effects;

  private CountWrappers(Program program) {
    this.program = program;
    this.effects = CountEffects.of(program);
  }

  static CountWrappers of(Program program) {
    return program.memo(CountWrappers.class, () -> new CountWrappers(program));
  }

  /** The function's effects by argument, from facts or else from its body. */
  Map<Integer, Set<CountEffect>> effectsOf(FunctionRef function) {
    return effectsOf(function, MAX_LEVELS);
  }

  /** The inferred effects, or for a thin wrapper what its body passes its parameters to. */
  private Map<Integer, Set<CountEffect>> effectsOf(FunctionRef function, int levels) {
    Map<Integer, Set<CountEffect>> known = effects.of(function);
    if (!known.isEmpty()) {
      return known;
    }
    return program.memo(List.of("countEffects", function, levels), () -> wrapped(function, levels));
  }

  private Map<Integer, Set<CountEffect>> wrapped(FunctionRef function, int levels) {
    FunctionFacts facts = program.facts(function);
    boolean mayWrap =
        levels > 0
            && facts.callees().size() <= MAX_CALLEES
            && facts.parameters().stream().anyMatch(p -> p.type().isPointer())
            && facts.callees().stream().anyMatch(c -> touchesCounts(c, function, levels - 1));
    if (!mayWrap) {
      return Map.of();
    }
    Map<Integer, Set<CountEffect>> all = new TreeMap<>();
    Contexts.Body body = Contexts.of(program).body(function);
    for (Instruction.Call call : Calls.of(body.function())) {
      for (int i = 0; i < call.arguments().size(); i++) {
        Optional<CountEffect> effect = levelled(call.name(), i, function, levels - 1);
        int parameter =
            parameter(body.function(), body.typing().canonical(call.arguments().get(i)));
        if (effect.isPresent() && parameter >= 0) {
          all.computeIfAbsent(parameter, p -> EnumSet.noneOf(CountEffect.class)).add(effect.get());
        }
      }
    }
    return all;
  }

  private boolean touchesCounts(String callee, FunctionRef from, int levels) {
    return program
            .model()
            .find(CountEffects.FAMILY, callee)
            .flatMap(CountEffects::effect)
            .isPresent()
        || program
            .resolve(callee, from.file())
            .filter(c -> !c.equals(from) && !effectsOf(c, levels).isEmpty())
            .isPresent();
  }

  private Optional<CountEffect> levelled(
      String callee, int argument, FunctionRef from, int levels) {
    Optional<Api> api = program.model().find(CountEffects.FAMILY, callee);
    if (api.isPresent()) {
      // A plain counter has been looked at already: it counts references, or it does not.
      return api.get().argument("arg") == argument && !api.get().is("plain")
          ? CountEffects.effect(api.get())
          : Optional.empty();
    }
    return program
        .resolve(callee, from.file())
        .filter(c -> !c.equals(from))
        .flatMap(c -> CountEffects.single(effectsOf(c, levels).getOrDefault(argument, Set.of())));
  }

  private static int parameter(Function function, Value value) {
    if (value instanceof Value.Load load && load.path().isVariable()) {
      return function.parameterIndex(load.path().root());
    }
    return value instanceof Value.AddressOf address
            && CountEffects.isEmbedded(address.path().steps())
        ? function.parameterIndex(address.path().root())
        : -1;
  }
}
