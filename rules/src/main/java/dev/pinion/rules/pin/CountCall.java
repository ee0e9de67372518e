// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Optional;

/**
 * A call that counts: what it does to the object in or around which argument.
 *
 * @param argument the position of that argument
 */
record CountCall(Instruction.Call call, int argument, CountEffect effect) {
  /** How a call counts, as far as facts alone tell; empty if it does not. */
  static Optional<CountCall> of(Instruction.Call call, FunctionRef in, Program program) {
    if (call.name().isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      Value argument = call.arguments().get(i);
      if (argument instanceof Value.Load || argument instanceof Value.AddressOf) {
        Optional<CountEffect> effect =
            CountEffects.of(program).plainEffect(call.name(), i, in.file());
        if (effect.isPresent()) {
          return Optional.of(new CountCall(call, i, effect.get()));
        }
      }
    }
    return Optional.empty();
  }

  Value value() {
    return call.arguments().get(argument);
  }

  /** The variable that points to the object; empty if it is found in another way. */
  Optional<AccessPath> variable() {
    AccessPath pointer =
        value() instanceof Value.Load load
            ? load.path()
            : ((Value.AddressOf) value()).path().holder();
    return pointer.isVariable() && (value() instanceof Value.Load || isInside())
        ? Optional.of(pointer)
        : Optional.empty();
  }

  /** Whether it is given the address of something in the object rather than the object. */
  boolean isInside() {
    return value() instanceof Value.AddressOf address
        && !address.path().steps().isEmpty()
        && address.path().steps().get(0) instanceof Step.Arrow;
  }

  /** Whether the result of a try-get is zero if it has failed, and something else if not. */
  boolean saysSo(FunctionRef in, Program program) {
    return program.model().find("object", call.name()).isPresent()
        || program
            .resolve(call.name(), in.file())
            .map(f -> program.facts(f).returnType())
            .filter(t -> t.isPointer() || t.name().equals("bool"))
            .isPresent();
  }

  /** The name, on a path, of the pointer to the object. */
  String object(PathFacts facts) {
    return object(facts.value(value()));
  }

  /** The pointer to the object that a pointer points to or into. */
  static String object(String value) {
    int arrow = value.startsWith("&") ? value.lastIndexOf("->") : -1;
    return arrow > 0 ? value.substring(1, arrow) : value;
  }
}
