// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.PointerStore;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.CountedFields;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.Optional;

/**
 * A pointer to a counted object that is stored into a field.
 *
 * @param tag the counted struct
 */
record Stash(Program program, CountedFields.Store store, String tag) {

  FunctionRef function() {
    return store.function();
  }

  FieldRef field() {
    return store.field();
  }

  PointerStore fact() {
    return store.store();
  }

  Location location() {
    return store.location();
  }

  String struct() {
    return "struct " + new FieldRef(tag, "").tag();
  }

  Contexts.Body body() {
    return Contexts.of(program).body(function());
  }

  /** The position of the parameter that is stored, or -1. */
  int parameter() {
    TypedPath value = fact().value();
    if (value.origin() != TypedPath.Origin.VARIABLE || !value.steps().isEmpty()) {
      return -1;
    }
    var parameters = program.facts(function()).parameters();
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(value.root())) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the pointer is somebody else's: a parameter, or read from a field. */
  boolean isBorrowedValue() {
    return fact().producer().isEmpty() && (parameter() >= 0 || isFromField());
  }

  boolean isFromField() {
    return !fact().value().steps().isEmpty();
  }

  /** Whether elements of arrays are involved, which are not told apart. */
  boolean hasIndex() {
    return fact().target().steps().stream().anyMatch(s -> s instanceof Step.Index)
        || fact().value().steps().stream().anyMatch(s -> s instanceof Step.Index);
  }

  /** The field that the pointer was read from, if its struct is known. */
  Optional<FieldRef> source() {
    return isFromField()
        ? program.types().resolve(fact().value(), function().file()).flatMap(Types.Place::field)
        : Optional.empty();
  }

  /** The function of this one's callees that takes a reference on the stored pointer. */
  Optional<String> taker() {
    return passedTo(CountEffect.GET).or(() -> passedTo(CountEffect.TRY_GET));
  }

  /** Whether a path from the store on may give the reference back. */
  boolean mayBePutAfter() {
    CountEffects counted = CountEffects.of(program);
    return fact().passedAfter().stream()
        .anyMatch(c -> counted.effects(c, function().file()).contains(CountEffect.PUT));
  }

  /** The first function that gets the stored pointer and has that effect. */
  Optional<String> passedTo(CountEffect effect) {
    CountEffects counted = CountEffects.of(program);
    String file = function().file();
    boolean produced =
        effect != CountEffect.PUT
            && !fact().producer().isEmpty()
            && counted.effects(fact().producer(), file).contains(effect)
            && counted.isPlainGet(fact().producer(), file);
    return produced
        ? Optional.of(fact().producer())
        : fact().passedTo().stream()
            .filter(c -> counted.effects(c, file).contains(effect))
            .findFirst();
  }

  /** The store in the body; empty if the body does not show it. */
  Optional<Instruction> instruction() {
    for (BasicBlock block : body().function().cfg().blocks()) {
      for (Instruction i : block.instructions()) {
        boolean stores =
            i instanceof Instruction.Assign a
                ? !a.target().isVariable()
                    || body().function().variable(a.target().root()).isEmpty()
                : ((Instruction.Call) i).result().filter(r -> !r.isVariable()).isPresent();
        if (stores && i.position().equals(fact().position())) {
          return Optional.of(i);
        }
      }
    }
    return Optional.empty();
  }
}
