// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A walk over those who wait now, each of which is told to go by a mark in an object on its own
 * stack: who comes later finds no mark, and what it tests besides is as before.
 */
final class TodaysWaiters {
  private final Program program;
  private final FunctionRef function;
  private final Contexts.Body body;

  private TodaysWaiters(Program program, FunctionRef function) {
    this.program = program;
    this.function = function;
    this.body = Contexts.of(program).body(function);
  }

  /** The call that wakes each waiter of a walk, and the members of a waiter that are written. */
  private record Woken(Instruction.Call wake, Set<FieldRef> marks) {}

  static boolean mayBeIn(FunctionRef function, Program program) {
    List<String> callees = program.callees(function);
    return callees.stream().anyMatch(c -> program.model().does(c, Wait.FAMILY, "task"))
        && callees.stream().anyMatch(c -> program.model().does(c, "list", "walk"));
  }

  static void judge(FunctionRef function, Program program, Report report) {
    new TodaysWaiters(program, function).judge(report);
  }

  private void judge(Report report) {
    for (Instruction.Call call : Calls.of(body.function())) {
      Optional<Woken> woken = woken(call);
      if (woken.isEmpty() || woken.get().marks().isEmpty()) {
        continue;
      }
      for (FunctionRef waiter : program.functionsIn(function.file())) {
        if (sleeps(waiter)) {
          judge(woken.get(), waiter, report);
        }
      }
    }
  }

  private boolean sleeps(FunctionRef waiter) {
    return program.callees(waiter).stream()
        .flatMap(c -> program.model().find(Wait.FAMILY, c).stream())
        .anyMatch(a -> a.operation().equals("sleep") && !a.is("limit"));
  }

  private void judge(Woken woken, FunctionRef waiter, Report report) {
    Contexts.Body waiting = Contexts.of(program).body(waiter);
    Set<FieldRef> own = new TreeSet<>();
    Set<FieldRef> shared = new TreeSet<>();
    Optional<Instruction.Call> sleep =
        Calls.of(waiting.function()).stream()
            .filter(c -> program.model().does(c.name(), Wait.FAMILY, "sleep"))
            .filter(c -> waiting.function().cfg().leads(c, c))
            .findFirst();
    if (sleep.isEmpty()) {
      return;
    }
    for (BasicBlock block : waiting.function().cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Branch branch
          && waiting.function().cfg().after(block.id()).contains(block.id())
          && branch.condition().left() instanceof Value.Load load) {
        Awaited.field(program, waiter, waiting, load.path())
            .ifPresent(f -> (isOnStack(waiting.typing(), load.path()) ? own : shared).add(f));
      }
    }
    if (shared.isEmpty()
        || woken.marks().stream().noneMatch(own::contains)
        || Writes.anywhere(program, function, shared)) {
      return;
    }
    report.finding(finding(woken, waiter, sleep.get(), shared));
  }

  private static boolean isOnStack(Typing typing, AccessPath path) {
    Variable root = typing.variable(path.root());
    return root != null && root.kind() == Variable.Kind.LOCAL && root.type().pointers() == 0;
  }

  private Finding finding(
      Woken woken, FunctionRef waiter, Instruction.Call sleep, Set<FieldRef> shared) {
    Location where = Location.of(function.file(), woken.wake().position());
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            Location.of(waiter.file(), sleep.position()),
            waiter.name()
                + "() sleeps until it is marked, or "
                + shared.iterator().next()
                + " allows"));
    story.add(
        new Related(
            where, function.name() + "() marks and wakes each one that stands in the list now"));
    Optional<Instruction.Call> out = callOut(woken.wake());
    out.ifPresent(
        c ->
            story.add(
                new Related(
                    Location.of(function.file(), c.position()),
                    "what is called here may wait again, unmarked")));
    if (out.isEmpty()) {
      story.add(new Related(where, "latent only: that others come afterwards is not seen"));
    }
    return new Finding(
        OneShotWake.INFO.id(),
        out.isPresent() ? Tier.WARNING : Tier.LATENT,
        where,
        function.name(),
        "only those who wait now are let go: who comes later still waits for '"
            + shared.iterator().next()
            + "'",
        story);
  }

  /** A call through a member after the walk. */
  private Optional<Instruction.Call> callOut(Instruction.Call wake) {
    Set<Integer> later = new TreeSet<>();
    body.function().cfg().of(wake).stream()
        .map(BasicBlock::id)
        .toList()
        .forEach(b -> later.addAll(body.function().cfg().after(b)));
    return later.stream()
        .map(body.function().cfg()::block)
        .flatMap(b -> b.instructions().stream())
        .filter(i -> i instanceof Instruction.Call)
        .map(i -> (Instruction.Call) i)
        .filter(c -> c.callee() instanceof Instruction.Callee.Indirect)
        .filter(c -> !body.function().cfg().leads(c, c))
        .findFirst();
  }

  /** {@code wake_up_process(cursor->task)} in a walk with that cursor. */
  private Optional<Woken> woken(Instruction.Call call) {
    int task =
        program
            .model()
            .find(Wait.FAMILY, call.name())
            .filter(a -> a.operation().equals("task"))
            .map(a -> a.argument("task"))
            .orElse(-1);
    if (task < 0
        || task >= call.arguments().size()
        || !(call.arguments().get(task) instanceof Value.Load load)
        || load.path().steps().size() != 1
        || !body.function().cfg().leads(call, call)) {
      return Optional.empty();
    }
    String cursor = load.path().root();
    boolean walks =
        Calls.of(body.function()).stream()
            .anyMatch(
                c ->
                    c.kind() == Instruction.CallKind.ITERATOR
                        && c.result().filter(r -> r.root().equals(cursor)).isPresent());
    return walks ? Optional.of(new Woken(call, marks(cursor))) : Optional.empty();
  }

  private Set<FieldRef> marks(String cursor) {
    Set<FieldRef> marks = new TreeSet<>();
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && !assign.target().isVariable()
            && assign.target().root().equals(cursor)) {
          Awaited.field(program, function, body, assign.target()).ifPresent(marks::add);
        }
      }
    }
    return marks;
  }
}
