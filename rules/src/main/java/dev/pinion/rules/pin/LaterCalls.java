// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallbackSlots;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who calls a kept callback after the function that keeps it has returned. */
final class LaterCalls {
  private static final int MAX_LEVELS = 3;

  /** A field name in more files than this is not looked for in bodies. */
  private static final int MAX_FILES = 24;

  private LaterCalls() {}

  /** A function that calls through the slot's field and is not called by the keeper itself. */
  static Optional<FunctionRef> of(Program program, CallbackSlots.Slot slot) {
    Set<FunctionRef> during = new HashSet<>();
    addCallees(program, slot.keeper(), MAX_LEVELS, during);
    Optional<FunctionRef> direct =
        CallbackSlots.of(program).callers(slot.field()).stream()
            .filter(c -> !during.contains(c) && maySee(slot, c))
            .findFirst();
    return direct.or(
        () ->
            throughCopies(program, slot).stream()
                .filter(c -> c.equals(slot.keeper()) || !during.contains(c))
                .findFirst());
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
  private static List<FunctionRef> throughCopies(Program program, CallbackSlots.Slot slot) {
    FieldRef field = slot.field();
    List<String> files =
        field.owner().isEmpty()
            ? List.of(slot.keeper().file())
            : program.paths().stream()
                .filter(p -> program.file(p).fieldUses().contains(field.field()))
                .toList();
    if (files.size() > MAX_FILES) {
      return List.of();
    }
    return files.stream()
        .flatMap(f -> program.functionsIn(f).stream())
        .filter(f -> program.facts(f).indirectCalls().size() > 0)
        .filter(f -> callsCopy(program, f, slot))
        .toList();
  }

  /** In the keeper itself, only what the slot held before the store counts. */
  private static boolean callsCopy(Program program, FunctionRef ref, CallbackSlots.Slot slot) {
    FieldRef field = slot.field();
    Contexts.Body body = Contexts.of(program).body(ref);
    Set<String> copies = new HashSet<>();
    Set<String> called = new HashSet<>();
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction i : block.instructions()) {
        if (i instanceof Instruction.Assign assign) {
          boolean copy =
              assign.target().isVariable()
                  && assign.value() instanceof Value.Load load
                  && isField(program, ref, body, load.path(), field)
                  && (!ref.equals(slot.keeper())
                      || assign.position().compareTo(slot.store().position()) < 0);
          if (copy) {
            copies.add(assign.target().root());
          }
        } else if (((Instruction.Call) i).callee()
            instanceof Instruction.Callee.Indirect indirect) {
          called.add(indirect.path().root());
        }
      }
    }
    copies.retainAll(called);
    return !copies.isEmpty();
  }

  private static boolean isField(
      Program program, FunctionRef ref, Contexts.Body body, AccessPath path, FieldRef field) {
    if (field.owner().isEmpty()) {
      return path.equals(AccessPath.variable(field.field()))
          && body.function().variable(path.root()).isEmpty();
    }
    return path.lastField().equals(field.field())
        && program
            .types()
            .resolve(body.typing().typed(body.typing().canonical(path)), ref.file())
            .flatMap(Types.Place::field)
            .filter(field::equals)
            .isPresent();
  }
}
