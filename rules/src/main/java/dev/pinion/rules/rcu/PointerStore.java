// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuPointers;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.model.Api;
import dev.pinion.rules.rcu.PointerEffects.Effect;
import dev.pinion.rules.rcu.PointerEffects.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a call of a primitive sets that stores an RCU pointer, in the names of its function. */
final class PointerStore {
  private final Program program;
  private final FunctionRef caller;
  private final Typing typing;

  PointerStore(Program program, FunctionRef caller, Typing typing) {
    this.program = program;
    this.caller = caller;
    this.typing = typing;
  }

  /** The pointer that is set, and what it had if the primitive returns that. */
  Effect effect(Instruction.Call call, Api api) {
    Optional<AccessPath> path = argument(call, api.argument("arg")).flatMap(v -> place(v, api));
    RcuPointers pointers = RcuPointers.of(program);
    Optional<FieldRef> pointer =
        path.map(typing::canonical)
            .flatMap(p -> pointers.pointer(typing.typed(p), caller.file()))
            .or(() -> path.flatMap(p -> pointers.pointer(typing.typed(p), caller.file())))
            .filter(pointers::isFollowed);
    if (pointer.isEmpty()) {
      return Effect.NONE;
    }
    Position at = call.position();
    Replaced how = new Replaced(call.name(), caller, at, at, Position.UNKNOWN, Set.of());
    AccessPath place = typing.canonical(path.get());
    Optional<Value> value = argument(call, api.argument("value"));
    Setting setting =
        new Setting(
            pointer.get(),
            place,
            value.flatMap(PointerEffects::variable),
            value.flatMap(v -> skipped(place, v)),
            how);
    Optional<Held> old =
        api.is("old")
            ? Optional.of(Held.now(pointer.get(), place).replacedBy(how))
            : Optional.empty();
    return new Effect(List.of(setting), new TreeMap<>(), old);
  }

  /** {@code x} of {@code x->next}, where both {@code x} and the place point to such objects. */
  private Optional<String> skipped(AccessPath place, Value value) {
    if (!(typing.canonical(value) instanceof Value.Load next)
        || next.path().steps().size() != 1
        || !(next.path().steps().get(0) instanceof Step.Arrow)) {
      return Optional.empty();
    }
    Optional<CType> type = type(place);
    AccessPath object = AccessPath.variable(next.path().root());
    return type.isPresent()
            && type.get().isAggregate()
            && type.equals(type(next.path()))
            && type.equals(type(object))
        ? Optional.of(object.root())
        : Optional.empty();
  }

  private Optional<CType> type(AccessPath path) {
    return program.types().resolve(typing.typed(path), caller.file()).map(Types.Place::type);
  }

  static Optional<Value> argument(Instruction.Call call, int index) {
    return index >= 0 && index < call.arguments().size()
        ? Optional.of(call.arguments().get(index))
        : Optional.empty();
  }

  private static Optional<AccessPath> place(Value argument, Api api) {
    if (api.is("address")) {
      return argument instanceof Value.AddressOf address
          ? Optional.of(address.path())
          : Optional.empty();
    }
    return argument instanceof Value.Load load ? Optional.of(load.path()) : Optional.empty();
  }
}
