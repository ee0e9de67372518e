// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Branches;
import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a function surely reads through a pointer that is NULL or an error: its body is followed
 * from the start as long as there is but one way.
 */
final class Crash {
  private static final int MAX_LEVELS = 3;
  private static final int MAX_BLOCKS = 24;

  private final Program program;

  Crash(Program program) {
    this.program = program;
  }

  /** Where the pointer is read through, if a function is given such a one. */
  Optional<Location> in(FunctionRef function, int parameter, Known given) {
    return in(function, parameter, given, MAX_LEVELS);
  }

  private Optional<Location> in(FunctionRef function, int parameter, Known given, int levels) {
    return program.memo(
        List.of(Crash.class, function, parameter, given, levels),
        () -> follow(function, parameter, given, levels));
  }

  private Optional<Location> follow(FunctionRef ref, int parameter, Known given, int levels) {
    if (parameter >= program.parameters(ref).size()) {
      return Optional.empty();
    }
    Function function = program.ir(ref);
    String pointer = "in:" + function.parameters().get(parameter).name();
    PathFacts facts = PathFacts.NONE.with(pointer, given);
    BasicBlock block = function.cfg().entry();
    for (int steps = 0; steps < MAX_BLOCKS; steps++) {
      int number = block.id() * 1000;
      for (Instruction instruction : block.instructions()) {
        Optional<Location> where = at(ref, instruction, pointer, given, facts, levels);
        if (where.isPresent()) {
          return where;
        }
        facts = after(instruction, facts, number++);
      }
      OptionalInt next = onlyWay(block, facts);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      block = function.cfg().block(next.getAsInt());
    }
    return Optional.empty();
  }

  private static PathFacts after(Instruction instruction, PathFacts facts, int number) {
    if (instruction instanceof Instruction.Assign assign) {
      return facts.assign(assign.target(), assign.value(), number);
    }
    Optional<AccessPath> result = ((Instruction.Call) instruction).result();
    return result.map(r -> facts.assignNew(r, number)).orElse(facts);
  }

  private static OptionalInt onlyWay(BasicBlock block, PathFacts facts) {
    List<Integer> ways = new ArrayList<>();
    for (int successor : block.terminator().successors()) {
      if (Branches.along(block.terminator(), successor, facts).isPresent()) {
        ways.add(successor);
      }
    }
    return ways.size() == 1 ? OptionalInt.of(ways.get(0)) : OptionalInt.empty();
  }

  private Optional<Location> at(
      FunctionRef ref,
      Instruction instruction,
      String pointer,
      Known given,
      PathFacts facts,
      int levels) {
    Location here = Location.of(ref.file(), instruction.position());
    if (instruction instanceof Instruction.Assign assign) {
      return reads(assign.value(), pointer, facts) || goes(assign.target(), pointer, facts)
          ? Optional.of(here)
          : Optional.empty();
    }
    Instruction.Call call = (Instruction.Call) instruction;
    for (int i = 0; i < call.arguments().size(); i++) {
      Value argument = call.arguments().get(i);
      boolean counts =
          argument instanceof Value.AddressOf address
              && isCounter(call.name(), i)
              && goes(address.path(), pointer, facts);
      if (counts || reads(argument, pointer, facts)) {
        return Optional.of(here);
      }
      if (levels > 0 && facts.value(argument).equals(pointer)) {
        int position = i;
        Optional<Location> inside =
            program
                .resolve(call.name(), ref.file())
                .filter(c -> !c.equals(ref))
                .flatMap(c -> in(c, position, given, levels - 1));
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the argument is a counter that is changed, and not an object that may be NULL. */
  private boolean isCounter(String name, int argument) {
    return program
        .model()
        .find("object", name)
        .or(() -> program.model().find("counter", name))
        .filter(a -> a.argument("arg") == argument && !a.texts().containsKey("of"))
        .filter(a -> CountEffects.isCounting(a))
        .isPresent();
  }

  private static boolean reads(Value value, String pointer, PathFacts facts) {
    if (value instanceof Value.Load load) {
      return goes(load.path(), pointer, facts);
    }
    if (value instanceof Value.Compound compound) {
      return compound.operands().stream().anyMatch(o -> reads(o, pointer, facts));
    }
    return value instanceof Value.ContainerOf entry && reads(entry.inner(), pointer, facts);
  }

  /** Whether a path leads through what the pointer points to. */
  private static boolean goes(AccessPath path, String pointer, PathFacts facts) {
    for (int i = 0; i < path.steps().size(); i++) {
      if (path.steps().get(i) instanceof Step.Arrow || path.steps().get(i) instanceof Step.Deref) {
        AccessPath before = new AccessPath(path.root(), path.steps().subList(0, i));
        return facts.value(new Value.Load(before)).equals(pointer);
      }
    }
    return false;
  }
}
