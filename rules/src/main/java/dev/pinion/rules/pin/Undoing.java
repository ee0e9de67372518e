// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallbackSlots;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a function of the keeper's module does that takes a callback out of its slot: it clears the
 * slot, unlinks or gives up the object with the slot, or unlinks the table itself.
 */
final class Undoing {
  /** A public function and the helpers that do its work. */
  private static final int MAX_LEVELS = 3;

  /** A keeper with more callers is not asked whether somebody gives it NULL. */
  private static final int MAX_CALLERS = 50;

  /**
   * The proof.
   *
   * @param function where the instruction stands: the function itself or a helper
   * @param instruction what takes it out
   */
  record Proof(FunctionRef function, Instruction instruction, Related line) {}

  private final Program program;
  private final Slot slot;

  private Undoing(Program program, Slot slot) {
    this.program = program;
    this.slot = slot;
  }

  /** How the function undoes what the keeper did; empty if it does not. */
  static Optional<Proof> in(Program program, Slot slot, FunctionRef function) {
    return program.memo(
        List.of("undoing", slot, function),
        () -> new Undoing(program, slot).find(function, MAX_LEVELS));
  }

  /** Some keepers are told to forget: they are called with NULL in place of a callback. */
  static Optional<Proof> byKeeper(Program program, Slot slot) {
    List<FunctionRef> callers = program.functionsCalling(slot.keeper().name());
    if (callers.size() > MAX_CALLERS) {
      return Optional.empty();
    }
    return callers.stream().flatMap(c -> byKeeper(program, slot, c).stream()).findFirst();
  }

  /** The same in one of its callers. */
  static Optional<Proof> byKeeper(Program program, Slot slot, FunctionRef caller) {
    return Calls.of(program.ir(caller), slot.keeper().name()).stream()
        .filter(c -> slot.parameter() < c.arguments().size())
        .filter(c -> c.arguments().get(slot.parameter()).equals(Value.ZERO))
        .findFirst()
        .flatMap(
            call ->
                store(program, slot)
                    .map(
                        store ->
                            new Proof(
                                slot.keeper(),
                                store,
                                line(
                                    caller,
                                    call.position(),
                                    "clears '" + slot.field() + "' with NULL"))));
  }

  private static Optional<Instruction> store(Program program, Slot slot) {
    return Contexts.of(program).body(slot.keeper()).function().cfg().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .filter(i -> i instanceof Instruction.Assign)
        .filter(i -> i.position().equals(slot.store().position()))
        .findFirst();
  }

  private Optional<Proof> find(FunctionRef function, int levels) {
    boolean keeps =
        CallbackSlots.of(program).slotsOf(function).stream()
            .anyMatch(s -> s.field().equals(slot.field()));
    if (keeps || function.equals(slot.keeper())) {
      return Optional.empty();
    }
    Optional<Proof> own = here(function);
    if (own.isPresent() || levels == 0) {
      return own;
    }
    for (String callee : program.facts(function).callees()) {
      Optional<Proof> inner =
          program
              .resolve(callee, function.file())
              .filter(c -> Neighbours.of(program).areNeighbours(c.file(), slot.keeper().file()))
              .flatMap(c -> find(c, levels - 1));
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  private Optional<Proof> here(FunctionRef function) {
    Contexts.Body body = Contexts.of(program).body(function);
    SlotField field = new SlotField(program, function, slot.field());
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        Optional<String> what =
            instruction instanceof Instruction.Assign assign
                ? assigned(assign, field, body)
                : given((Instruction.Call) instruction, field, function);
        if (what.isPresent()) {
          return Optional.of(
              new Proof(function, instruction, line(function, instruction.position(), what.get())));
        }
      }
    }
    return Optional.empty();
  }

  private static Related line(FunctionRef function, Position position, String what) {
    return new Related(Location.of(function.file(), position), function.name() + "() " + what);
  }

  private Optional<String> assigned(
      Instruction.Assign assign, SlotField field, Contexts.Body body) {
    if (field.is(assign.target())) {
      if (assign.value().equals(Value.ZERO)) {
        return Optional.of("clears '" + slot.field() + "'");
      }
      boolean own =
          assign.value() instanceof Value.Load load
              && load.path().isVariable()
              && body.function().variable(load.path().root()).isEmpty()
              && program.resolve(load.path().root(), slot.keeper().file()).isPresent();
      return own
          ? Optional.of("puts a function of its own into '" + slot.field() + "'")
          : Optional.empty();
    }
    return unchains(assign, field, body)
        ? Optional.of("takes it out of its chain")
        : Optional.empty();
  }

  /** {@code previous->next = this->next}, {@code *p = this->next}, {@code first = this->next}. */
  private boolean unchains(Instruction.Assign assign, SlotField field, Contexts.Body body) {
    if (!(assign.value() instanceof Value.Load load) || load.path().isVariable()) {
      return false;
    }
    boolean local =
        assign.target().isVariable()
            && body.function().variable(assign.target().root()).isPresent();
    String next = load.path().lastField();
    boolean target =
        !local
            && (assign.target().isVariable()
                || assign.target().lastField().equals(next)
                || assign.target().steps().get(assign.target().steps().size() - 1)
                    instanceof Step.Deref);
    return target
        && !assign.target().equals(load.path())
        && Stream.concat(Stream.of(slot.field().owner()), slot.tag().stream())
            .anyMatch(
                struct ->
                    !struct.isEmpty()
                        && field.isMember(load.path(), struct)
                        && pointsToItself(load, struct, field));
  }

  /** The member that is read links objects of one kind. */
  private static boolean pointsToItself(Value.Load member, String struct, SlotField field) {
    return field.pointsTo(member, struct) || field.holdsAny(member);
  }

  private Optional<String> given(Instruction.Call call, SlotField field, FunctionRef function) {
    Optional<Api> list = program.model().find("list", call.name());
    Optional<Api> object = program.model().find("object", call.name());
    if (list.filter(a -> a.does("list", "delete", "delete-init")).isPresent()) {
      return unlinked(call, list.get().argument("node"), field);
    }
    if (object.filter(a -> a.does("object", "unlink")).isPresent()) {
      return unlinked(call, object.get().argument("arg"), field);
    }
    String owner = slot.field().owner();
    for (int i = 0; i < call.arguments().size() && !owner.isEmpty(); i++) {
      boolean ends =
          object.filter(a -> a.does("object", "free", "zap")).isPresent()
              || CountEffects.of(program)
                  .effect(call.name(), i, function.file())
                  .filter(e -> e == CountEffect.PUT)
                  .isPresent();
      if (ends && field.pointsTo(call.arguments().get(i), owner)) {
        boolean zeroes = object.filter(a -> a.does("object", "zap")).isPresent();
        return Optional.of(
            (zeroes ? "zeroes" : "gives up") + " the object with '" + slot.field() + "'");
      }
    }
    return Optional.empty();
  }

  /** The node is a member of the object with the slot, or of the table that is kept. */
  private Optional<String> unlinked(Instruction.Call call, int argument, SlotField field) {
    if (argument < 0
        || argument >= call.arguments().size()
        || !(call.arguments().get(argument) instanceof Value.AddressOf node)) {
      return Optional.empty();
    }
    boolean holder =
        !slot.field().owner().isEmpty() && field.isIn(node.path(), slot.field().owner());
    boolean table = slot.tag().filter(t -> field.isIn(node.path(), t)).isPresent();
    return holder || table
        ? Optional.of("unlinks it with " + call.name() + "()")
        : Optional.empty();
  }
}
