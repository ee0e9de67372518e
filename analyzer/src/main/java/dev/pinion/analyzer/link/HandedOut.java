// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which functions surely hand a reference out with the pointer that they return: whatever they
 * return but NULL and errors, they have taken a reference to by its name, and dropped none. {@link
 * Acquisitions} says of more functions that they may.
 */
public final class HandedOut {
  /** Look-ups are short. */
  private static final int MAX_LINES = 60;

  private static final Set<String> ERRORS = Set.of("ERR_PTR", "ERR_CAST");

  private final Program program;
  private final CountEffects effects;

  private HandedOut(Program program) {
    this.program = program;
    this.effects = CountEffects.of(program);
  }

  /** The functions of a program that do. */
  public static HandedOut of(Program program) {
    return program.memo(HandedOut.class, () -> new HandedOut(program));
  }

  /** Whether it surely does, unless it is NULL or an error. */
  public boolean by(String callee, String file) {
    return program.resolve(callee, file).filter(f -> maybe(f) && surely(f)).isPresent();
  }

  /** Whether a function may, from facts alone. */
  public boolean maybe(FunctionRef function) {
    return program.memo(
        List.of("HandedOut.maybe", function),
        () -> {
          if (!program.returnType(function).isPointer()) {
            return false; // Which does not hang on anything else that most functions do.
          }
          FunctionFacts facts = program.facts(function);
          return facts.analysed()
              && facts.endLine() - facts.position().line() <= MAX_LINES
              && facts.callees().stream()
                  .anyMatch(
                      c ->
                          effects.effects(c, function.file()).stream()
                              .anyMatch(e -> e != CountEffect.PUT));
        });
  }

  private boolean surely(FunctionRef function) {
    return program.memo(
        List.of("HandedOut.surely", function), () -> surely(program.ir(function), function));
  }

  private boolean surely(Function body, FunctionRef function) {
    boolean any = false;
    for (BasicBlock block : body.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return leave && leave.value().isPresent()) {
        Value value = leave.value().get();
        boolean nothing =
            value instanceof Value.Constant
                || (value instanceof Value.Compound compound
                    && ERRORS.contains(compound.operator()));
        if (!nothing) {
          if (!(value instanceof Value.Load load)
              || !load.path().isVariable()
              || !takes(body, load.path(), function)) {
            return false;
          }
          any = true;
        }
      }
    }
    return any;
  }

  /** Whether a reference is taken by that variable, and none is dropped. */
  private boolean takes(Function body, AccessPath variable, FunctionRef function) {
    boolean takes = false;
    for (Instruction.Call call : Calls.of(body)) {
      for (int i = 0; i < call.arguments().size(); i++) {
        if (isObject(call.arguments().get(i), variable)) {
          Optional<CountEffect> effect = effects.plainEffect(call.name(), i, function.file());
          if (effect.filter(e -> e == CountEffect.PUT).isPresent()) {
            return false;
          }
          takes |= effect.isPresent();
        }
      }
    }
    return takes;
  }

  private static boolean isObject(Value value, AccessPath variable) {
    return value instanceof Value.Load load
        ? load.path().equals(variable)
        : value instanceof Value.AddressOf address
            && address.path().root().equals(variable.root())
            && CountEffects.isEmbedded(address.path().steps());
  }
}
