// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Optional;

/**
 * Whether a function goes through the pointer that is a parameter of its and never tests it: then
 * whoever calls must not pass NULL.
 */
final class Followed {
  /** How many calls deep a parameter is handed on. */
  private static final int MAX_LEVELS = 2;

  private final Program program;

  private Followed(Program program) {
    this.program = program;
  }

  static Followed of(Program program) {
    return program.memo(Followed.class, () -> new Followed(program));
  }

  /**
   * The place where it does, itself or in a callee; empty if it tests the parameter anywhere, or
   * assigns it.
   *
   * @param parameter its number
   */
  Optional<Related> in(FunctionRef function, int parameter) {
    return in(function, parameter, MAX_LEVELS);
  }

  private Optional<Related> in(FunctionRef function, int parameter, int levels) {
    return program.memo(
        List.of("symbol.Followed", function, parameter, levels),
        () -> find(function, parameter, levels));
  }

  private Optional<Related> find(FunctionRef ref, int parameter, int levels) {
    Function function = program.ir(ref);
    if (parameter < 0 || parameter >= function.parameters().size()) {
      return Optional.empty();
    }
    AccessPath pointer = AccessPath.variable(function.parameters().get(parameter).name());
    if (isTestedOrAssigned(function, pointer)) {
      return Optional.empty();
    }
    return function.cfg().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .flatMap(i -> at(ref, i, pointer, levels).stream())
        .findFirst();
  }

  private static boolean isTestedOrAssigned(Function function, AccessPath pointer) {
    for (BasicBlock block : function.cfg().blocks()) {
      if (Paths.tested(block).stream().anyMatch(pointer::equals)) {
        return true;
      }
      for (Instruction instruction : block.instructions()) {
        Optional<AccessPath> target =
            instruction instanceof Instruction.Assign assign
                ? Optional.of(assign.target())
                : ((Instruction.Call) instruction).result();
        if (target.filter(pointer::equals).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  private Optional<Related> at(
      FunctionRef ref, Instruction instruction, AccessPath pointer, int levels) {
    if (instruction instanceof Instruction.Assign assign) {
      return isThrough(assign.target(), pointer) || reads(assign.value(), pointer)
          ? Optional.of(line(ref, instruction))
          : Optional.empty();
    }
    Instruction.Call call = (Instruction.Call) instruction;
    if (call.kind() != Instruction.CallKind.ORDINARY) {
      return Optional.empty(); // What a macro does with its arguments is not known.
    }
    if (call.arguments().stream().anyMatch(a -> reads(a, pointer))
        || (call.callee() instanceof Instruction.Callee.Indirect member
            && isThrough(member.path(), pointer))) {
      return Optional.of(line(ref, instruction));
    }
    int argument = call.arguments().indexOf(new Value.Load(pointer));
    return argument < 0 || levels == 0 || call.name().isEmpty()
        ? Optional.empty()
        : program.resolve(call.name(), ref.file()).flatMap(f -> in(f, argument, levels - 1));
  }

  private static Related line(FunctionRef ref, Instruction instruction) {
    return new Related(
        Location.of(ref.file(), instruction.position()),
        ref.name() + "() goes through the pointer it is given, without a test");
  }

  private static boolean reads(Value value, AccessPath pointer) {
    if (value instanceof Value.Load load) {
      return isThrough(load.path(), pointer);
    }
    if (value instanceof Value.AddressOf address) {
      return address.path().root().equals(pointer.root()) && pointers(address.path()) > 1;
    }
    if (value instanceof Value.Compound compound) {
      return compound.operands().stream().anyMatch(o -> reads(o, pointer));
    }
    return value instanceof Value.ContainerOf entry && reads(entry.inner(), pointer);
  }

  private static boolean isThrough(AccessPath path, AccessPath pointer) {
    return path.root().equals(pointer.root()) && pointers(path) > 0;
  }

  private static long pointers(AccessPath path) {
    return path.steps().stream()
        .filter(s -> s instanceof Step.Arrow || s instanceof Step.Deref)
        .count();
  }
}
