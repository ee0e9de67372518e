// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.CallbackSlots;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who calls a kept callback after the function that keeps it has returned. */
final class LaterCalls {
  private static final int MAX_LEVELS = 3;

  /** A field name found in more files than this is not looked for in bodies. */
  private static final int MAX_FILES = 24;

  private LaterCalls() {}

  /** A call through the slot's field. */
  record Later(FunctionRef caller, Location where) {}

  /** A call through the slot's field, in a function that the keeper itself does not call. */
  static Optional<Later> of(Program program, CallbackSlots.Slot slot) {
    Set<FunctionRef> during = new HashSet<>();
    addCallees(program, slot.keeper(), MAX_LEVELS, during);
    Optional<Later> direct =
        CallbackSlots.of(program).callers(slot.field()).stream()
            .filter(c -> !during.contains(c) && maySee(slot, c))
            .findFirst()
            .map(c -> new Later(c, where(program, c, slot)));
    return direct.or(
        () ->
            throughCopies(program, slot).stream()
                .filter(l -> l.caller().equals(slot.keeper()) || !during.contains(l.caller()))
                .findFirst());
  }

  private static Location where(Program program, FunctionRef caller, CallbackSlots.Slot slot) {
    SlotField field = new SlotField(program, caller, slot.field());
    return Calls.of(Contexts.of(program).body(caller).function()).stream()
        .filter(
            c ->
                c.callee() instanceof Instruction.Callee.Indirect indirect
                    && field.goesThrough(indirect.path()))
        .map(c -> Location.of(caller.file(), c.position()))
        .findFirst()
        .orElseGet(() -> Location.of(caller.file(), program.facts(caller).position()));
  }

  /** A global variable is looked for where it is stored: another file's may be another one. */
  private static boolean maySee(CallbackSlots.Slot slot, FunctionRef function) {
    return !slot.field().owner().isEmpty() || function.file().equals(slot.keeper().file());
  }

  private static void addCallees(
      Program program, FunctionRef function, int levels, Set<FunctionRef> into) {
    if (!into.add(function) || levels == 0) {
      return;
    }
    for (String callee : program.facts(function).callees()) {
      program
          .resolve(callee, function.file())
          .ifPresent(c -> addCallees(program, c, levels - 1, into));
    }
  }

  /** {@code fn = obj->field; … fn(x)}, and {@code ops = obj->field; … ops->call(x)}. */
  private static List<Later> throughCopies(Program program, CallbackSlots.Slot slot) {
    FieldRef field = slot.field();
    List<String> files =
        field.owner().isEmpty()
            ? List.of(slot.keeper().file())
            : program.files(Term.READ_THROUGH, field.field());
    if (files.size() > MAX_FILES) {
      return List.of();
    }
    return files.stream()
        .filter(p -> field.owner().isEmpty() || program.readsThrough(p, field.field()))
        .flatMap(f -> program.functionsIn(f).stream())
        .filter(f -> program.facts(f).indirectCalls().size() > 0)
        .flatMap(f -> callOfCopy(program, f, slot).stream())
        .toList();
  }

  /** In the keeper itself, only what the slot held before the store counts. */
  private static Optional<Later> callOfCopy(
      Program program, FunctionRef ref, CallbackSlots.Slot slot) {
    SlotField field = new SlotField(program, ref, slot.field());
    Set<String> copies = new HashSet<>();
    List<Instruction.Call> called = new ArrayList<>();
    for (BasicBlock block : Contexts.of(program).body(ref).function().cfg().blocks()) {
      for (Instruction i : block.instructions()) {
        if (i instanceof Instruction.Assign assign) {
          boolean copy =
              assign.target().isVariable()
                  && field.is(assign.value())
                  && (!ref.equals(slot.keeper())
                      || assign.position().compareTo(slot.store().position()) < 0);
          if (copy) {
            copies.add(assign.target().root());
          }
        } else if (((Instruction.Call) i).callee() instanceof Instruction.Callee.Indirect) {
          called.add((Instruction.Call) i);
        }
      }
    }
    return called.stream()
        .filter(c -> copies.contains(((Instruction.Callee.Indirect) c.callee()).path().root()))
        .map(c -> new Later(ref, Location.of(ref.file(), c.position())))
        .findFirst();
  }
}
