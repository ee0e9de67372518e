// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

  /**
   * The variables whose values come from what {@code variable} points to, itself among them: a
   * reference to one of those may keep it.
   */
  static Set<String> derived(Function function, String variable) {
    Set<String> all = new TreeSet<>(Set.of(variable));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (BasicBlock block : function.cfg().blocks()) {
        for (Instruction instruction : block.instructions()) {
          Optional<AccessPath> target =
              instruction instanceof Instruction.Assign assign
                  ? Optional.of(assign.target())
                  : ((Instruction.Call) instruction).result();
          if (target.filter(AccessPath::isVariable).isPresent() && mentions(instruction, all)) {
            grows |= all.add(target.get().root());
          }
        }
      }
    }
    return all;
  }

  private static boolean mentions(Instruction instruction, Set<String> variables) {
    return instruction instanceof Instruction.Assign assign
        ? mentions(assign.value(), variables)
        : ((Instruction.Call) instruction)
            .arguments().stream().anyMatch(a -> mentions(a, variables));
  }

  private static boolean mentions(Value value, Set<String> variables) {
    if (value instanceof Value.Load load) {
      return variables.contains(load.path().root());
    }
    if (value instanceof Value.AddressOf address) {
      return variables.contains(address.path().root());
    }
    if (value instanceof Value.ContainerOf entry) {
      return mentions(entry.inner(), variables);
    }
    return value instanceof Value.Compound compound
        && compound.operands().stream().anyMatch(o -> mentions(o, variables));
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
