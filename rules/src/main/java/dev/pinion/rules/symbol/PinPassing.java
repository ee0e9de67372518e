// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.SymbolTaking;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import dev.pinion.rules.symbol.Pin.State;
import java.util.Optional;

/** What is passed on: a symbol that is not there, to a function that follows what it is given. */
final class PinPassing {
  private final PinContext context;

  PinPassing(PinContext context) {
    this.context = context;
  }

  /**
   * Whether the call gets a symbol that is not there and goes through it.
   *
   * @param wrapper what the call is, if it is about symbols
   */
  boolean passes(
      Instruction.Call call, Optional<SymbolWrapper> wrapper, World world, PinEvents events) {
    if (world.pins().values().stream().noneMatch(p -> p.is(State.ABSENT))) {
      return false;
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      if (!(call.arguments().get(i) instanceof Value.Load load)) {
        continue;
      }
      Optional<Integer> site = world.siteOf(world.facts().value(load));
      if (site.isEmpty() || !world.pin(site.get()).is(State.ABSENT)) {
        continue;
      }
      Optional<Related> below = below(call, wrapper, i);
      if (below.isPresent()) {
        events.passedAbsent(site.get(), load.path(), call.position(), below.get());
        return true;
      }
    }
    return false;
  }

  private Optional<Related> below(
      Instruction.Call call, Optional<SymbolWrapper> wrapper, int argument) {
    Followed followed = Followed.of(context.program());
    if (wrapper.isEmpty()) {
      return context
          .program()
          .resolve(call.name(), context.ref().file())
          .flatMap(f -> followed.in(f, argument));
    }
    if (wrapper.get().effect() != Effect.ATTACH) {
      return Optional.empty();
    }
    int parameter = argument - wrapper.get().argument() - 1;
    return SymbolTaking.symbol(call, wrapper.get(), context.typing())
        .flatMap(s -> Provider.of(s, context.program()))
        .map(Provider::ref)
        .flatMap((FunctionRef f) -> followed.in(f, parameter));
  }
}
