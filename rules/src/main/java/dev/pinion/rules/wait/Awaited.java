// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallGraph;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Globals;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a wait is for: the members that its condition reads, here or in a function it calls.
 *
 * @param fields the members that somebody has to write before the wait ends; none for a completion
 * @param complete whether nothing else is read, as by a macro that is given an object
 */
record Awaited(Set<FieldRef> fields, boolean complete) {
  Awaited {
    fields = Collections.unmodifiableSet(new TreeSet<>(fields));
  }

  static Awaited by(Wait wait, Program program) {
    Reading reading = new Reading(program);
    FunctionRef function = wait.use().function();
    if (wait.use().does("prepare")) {
      reading.addTests(function);
      for (CallGraph.Way way : CallGraph.of(program).into(function)) {
        way.caller().ifPresent(reading::addTests);
      }
      return new Awaited(reading.fields, reading.complete);
    }
    Contexts.Body body = Contexts.of(program).body(function);
    int condition = wait.use().api().orElseThrow().argument("condition");
    Calls.at(body.function(), wait.use().operation().api(), wait.use().operation().position())
        .filter(c -> condition >= 0 && condition < c.arguments().size())
        .ifPresent(c -> reading.add(function, body, c.arguments().get(condition), 1));
    return new Awaited(reading.fields, reading.complete);
  }

  /** The member that a path leads to, or the global variable that it is. */
  static Optional<FieldRef> field(
      Program program, FunctionRef function, Contexts.Body body, AccessPath path) {
    Optional<FieldRef> member =
        program
            .types()
            .resolve(body.typing().typed(path), function.file())
            .flatMap(Types.Place::field);
    return member.isEmpty() && path.isVariable() && !body.typing().declares(path.root())
        ? Optional.of(new FieldRef("", Globals.name(program, path.root(), function.file())))
        : member;
  }

  /** Collects what conditions read. */
  private static final class Reading {
    private final Program program;
    private final Set<FieldRef> fields = new TreeSet<>();
    private boolean complete = true;

    Reading(Program program) {
      this.program = program;
    }

    /** What branches of a function read. */
    private void addTests(FunctionRef function) {
      Contexts.Body body = Contexts.of(program).body(function);
      for (BasicBlock block : body.function().cfg().blocks()) {
        if (block.terminator() instanceof Terminator.Branch branch) {
          add(function, body, branch.condition().left(), 0);
          add(function, body, branch.condition().right(), 0);
        }
      }
    }

    private void add(FunctionRef function, Contexts.Body body, Value value, int levels) {
      if (value instanceof Value.Load load) {
        field(program, function, body, load.path()).ifPresent(fields::add);
      } else if (value instanceof Value.AddressOf address) {
        field(program, function, body, address.path()).ifPresent(fields::add);
      } else if (value instanceof Value.Compound compound) {
        compound.operands().forEach(o -> add(function, body, o, levels));
        Optional<FunctionRef> called = program.resolve(compound.operator(), function.file());
        if (levels > 0) {
          called.ifPresent(this::addAll);
        }
        if (called.isEmpty() && isName(compound.operator())) {
          complete &= compound.operands().stream().noneMatch(o -> o instanceof Value.Load);
        }
      }
    }

    /** What a function reads that tells whether the condition holds. */
    private void addAll(FunctionRef test) {
      addTests(test);
      Contexts.Body body = Contexts.of(program).body(test);
      for (BasicBlock block : body.function().cfg().blocks()) {
        if (block.terminator() instanceof Terminator.Return end && end.value().isPresent()) {
          add(test, body, end.value().get(), 0);
        }
        for (Instruction instruction : block.instructions()) {
          if (instruction instanceof Instruction.Call call) {
            call.arguments().forEach(a -> add(test, body, a, 0));
          }
        }
      }
    }

    private static boolean isName(String operator) {
      return Character.isLetter(operator.charAt(0)) || operator.charAt(0) == '_';
    }
  }
}
