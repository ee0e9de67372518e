// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls of a function that take, try to take or drop a reference. */
final class CountCalls {
  private final Site site;

  CountCalls(Site site) {
    this.site = site;
  }

  /**
   * One of them.
   *
   * @param argument the position of what is counted
   * @param object the pointer to it, canonical in the function's names
   */
  record Count(Instruction.Call call, CountEffect effect, int argument, AccessPath object) {}

  /** All of them, in block order. */
  List<Count> all() {
    List<Count> all = new ArrayList<>();
    for (Instruction.Call call : Calls.of(site.program().ir(site.function()))) {
      if (call.kind() == Instruction.CallKind.ORDINARY && !call.name().isEmpty()) {
        of(call).ifPresent(all::add);
      }
    }
    return all;
  }

  /** Those with that effect. */
  List<Count> all(CountEffect effect) {
    return all().stream().filter(c -> c.effect() == effect).toList();
  }

  private Optional<Count> of(Instruction.Call call) {
    if (site.program().model().does(call.name(), "reference", "put")
        && !call.arguments().isEmpty()) {
      return object(call.arguments().get(0)).map(o -> new Count(call, CountEffect.PUT, 0, o));
    }
    // Any counter may be an atomic_t, and most of them count no references.
    if (site.program().model().find("object", call.name()).filter(a -> a.is("plain")).isPresent()) {
      return Optional.empty();
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      int argument = i;
      Optional<CountEffect> effect =
          CountEffects.of(site.program()).plainEffect(call.name(), i, site.function().file());
      if (effect.isPresent()) {
        return object(call.arguments().get(i)).map(o -> new Count(call, effect.get(), argument, o));
      }
    }
    return Optional.empty();
  }

  /** The pointer that an argument is, or that leads to what the argument lies in. */
  private Optional<AccessPath> object(Value argument) {
    Value value = site.canonical(argument);
    return value instanceof Value.Load load
        ? Optional.of(load.path())
        : value instanceof Value.AddressOf address && !address.path().isVariable()
            ? Optional.of(address.path().holder())
            : Optional.empty();
  }

  /** What a call says that has taken its reference; empty if that is not known. */
  Optional<String> success(Count count) {
    Instruction.Call call = count.call();
    if (call.result().isEmpty()) {
      return Optional.of("(void)0");
    }
    boolean isPointer =
        site.program()
            .resolve(call.name(), site.function().file())
            .filter(f -> site.program().facts(f).returnType().isPointer())
            .isPresent();
    return isPointer
        ? site.argument(call, count.argument()).map(a -> "(" + a + ")")
        : count.effect() == CountEffect.TRY_GET ? Optional.of("1") : Optional.empty();
  }
}
