// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.ConditionText;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import java.util.Optional;

/** How conditions are told that test what {@code symbol_get()} gave. */
record PinNames(PinContext context) implements ConditionText.Names {
  @Override
  public String call(Instruction.Call call) {
    return context.site(call).map(Site::text).orElse(call.name() + "()");
  }

  @Override
  public boolean isPointer(Value value, Optional<Instruction.Call> definedBy) {
    if (definedBy.isPresent()) {
      Instruction.Call call = definedBy.get();
      return context.site(call).filter(s -> gives(s.wrapper().effect())).isPresent()
          || context
              .program()
              .resolve(call.name(), context.ref().file())
              .map(f -> context.program().facts(f).returnType().isPointer())
              .orElse(false);
    }
    return value instanceof Value.Load load
        && Partners.place(context, load.path())
            .filter(p -> p.type().isPointer() || p.type().kind() == CType.Kind.FUNCTION)
            .isPresent();
  }

  private static boolean gives(Effect effect) {
    return effect == Effect.ATTACH || effect == Effect.GET;
  }
}
