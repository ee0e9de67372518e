// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;

/** What calls do to the references of an object that a variable points to. */
final class References {
  private final Program program;
  private final FunctionRef function;
  private final Typing typing;

  References(Program program, FunctionRef function, Typing typing) {
    this.program = program;
    this.function = function;
    this.typing = typing;
  }

  /** What a call does to the object. */
  enum Effect {
    /** Takes a reference, or tries to. */
    TAKES,
    /** Gives one back. */
    GIVES_BACK,
    /** It has the object, and what it does with it is not known. */
    UNKNOWN,
    /** It does not have the object, or is known to do neither. */
    NONE
  }

  /** The effect of a call on the object that {@code variable} points to. */
  Effect of(Instruction.Call call, String variable) {
    Effect effect = Effect.NONE;
    for (int i = 0; i < call.arguments().size(); i++) {
      Value argument = call.arguments().get(i);
      if (!isOf(argument, variable)) {
        continue;
      }
      Effect here = at(call, i);
      if (here == Effect.TAKES || here == Effect.GIVES_BACK) {
        return here;
      }
      effect = here == Effect.UNKNOWN ? here : effect;
    }
    return effect;
  }

  private Effect at(Instruction.Call call, int argument) {
    if (program.model().does(call.name(), "object", "get", "try-get")) {
      return Effect.TAKES;
    }
    if (program.model().does(call.name(), "object", "put", "free")) {
      return Effect.GIVES_BACK;
    }
    boolean harmless =
        program.model().find("list", call.name()).isPresent()
            || program.model().find("lock", call.name()).isPresent()
            || program.model().find("rcu", call.name()).isPresent();
    if (harmless) {
      return Effect.NONE;
    }
    return CountEffects.of(program)
        .effect(call.name(), argument, function.file())
        .map(e -> e == CountEffect.PUT ? Effect.GIVES_BACK : Effect.TAKES)
        .orElse(Effect.UNKNOWN);
  }

  /** Whether the value is the object, or something in it or that it points to. */
  boolean isOf(Value value, String variable) {
    Value canonical = typing.canonical(value);
    if (canonical instanceof Value.Load load) {
      return isOf(load.path(), variable);
    }
    return canonical instanceof Value.AddressOf address && isOf(address.path(), variable);
  }

  private static boolean isOf(AccessPath path, String variable) {
    return path.root().equals(variable);
  }
}
