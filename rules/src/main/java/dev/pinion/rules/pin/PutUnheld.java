// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A put on a path on which there is nothing to put. */
@AutoService(Rule.class)
public final class PutUnheld implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "pin-put-unheld",
          Tier.WARNING,
          "a put on a path on which no reference was taken",
          List.of());

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    return program.files(Term.Trait.OPERATES);
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return PutCalls.of(program).anyOfVariable(function) || PairedOps.maybe(function, program);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    if (PairedOps.maybe(function, program)) {
      new PairedOps(program, function).find().forEach(u -> report.finding(ofPair(function, u)));
    }
    Set<String> names = worthIt(function, program);
    if (names.isEmpty()) {
      return;
    }
    Function body = program.ir(function);
    for (Instruction.Call call : Calls.of(body)) {
      Optional<CountCall> put =
          names.contains(call.name())
              ? CountCall.of(call, function, program).filter(c -> c.effect() == CountEffect.PUT)
              : Optional.empty();
      if (put.flatMap(CountCall::variable).filter(v -> isOwn(v, body)).isPresent()) {
        One one = new One(program, function, body, put.get(), put.get().variable().orElseThrow());
        one.ofNothing().or(one::ofRefused).ifPresent(report::finding);
      }
    }
  }

  /**
   * The puts that do not ask for NULL, or all if there is a get that may fail: a body is looked at
   * for these only.
   */
  private static Set<String> worthIt(FunctionRef function, Program program) {
    Set<String> names = PutCalls.of(program).names(function);
    if (!names.isEmpty()
        && program.callees(function).stream().noneMatch(c -> Takers.TRYING.has(c, program))) {
      names.removeIf(
          n ->
              program
                  .resolve(n, function.file())
                  .filter(f -> new Crash(program).in(f, 0, Known.ZERO).isPresent())
                  .isEmpty());
    }
    return names;
  }

  private static Finding ofPair(FunctionRef function, PairedOps.Unheld unheld) {
    return new Finding(
        INFO.id(),
        INFO.tier(),
        Location.of(function.file(), unheld.put().position()),
        function.name(),
        through(unheld.put()) + "() without a reference: the get has failed on one way here",
        List.of(
            new Related(
                Location.of(function.file(), unheld.get().position()),
                through(unheld.get()) + "() takes the reference, or fails"),
            new Related(
                Location.of(function.file(), unheld.failed()),
                "it has failed: nothing that is tested on the way from here remembers that"),
            new Related(
                Location.of(function.file(), unheld.put().position()),
                through(unheld.put()) + "() drops what was not taken")));
  }

  private static String through(Instruction.Call call) {
    return call.callee() instanceof Instruction.Callee.Indirect member
        ? Shown.path(member.path())
        : call.name();
  }

  private static boolean isOwn(AccessPath path, Function body) {
    return body.variable(path.root())
        .filter(v -> v.kind() == Variable.Kind.LOCAL || v.kind() == Variable.Kind.PARAMETER)
        .isPresent();
  }

  /** One put of what a variable points to. */
  private record One(
      Program program, FunctionRef function, Function body, CountCall put, AccessPath variable) {

    /** The pointer is NULL or an error, and the put does not ask. */
    Optional<Finding> ofNothing() {
      if (put.isInside() || !mayBeEmpty()) {
        return Optional.empty();
      }
      Emptiness emptiness = new Emptiness(variable);
      Solution<Emptiness.Content> solution = Solver.forward(body.cfg(), emptiness);
      SureWay way = new SureWay(body.cfg(), put.call(), variable);
      for (BasicBlock from : body.cfg().blocks()) {
        Optional<Emptiness.Content> end = solution.exit(from.id());
        if (end.isEmpty() || !(from.terminator() instanceof Terminator.Branch branch)) {
          continue;
        }
        for (int to : branch.successors()) {
          Emptiness.Content content = emptiness.along(branch, to, end.get());
          if (content != Emptiness.Content.UNKNOWN
              && branch.successors().size() == 2
              && way.leadsFrom(to)) {
            Optional<Finding> finding = ofNothing(content, branch.position());
            if (finding.isPresent()) {
              return finding;
            }
          }
        }
      }
      return Optional.empty();
    }

    /** Whether the function ever tests the variable, or sets it to nothing. */
    private boolean mayBeEmpty() {
      for (BasicBlock block : body.cfg().blocks()) {
        Emptiness emptiness = new Emptiness(variable);
        for (int to : block.terminator().successors()) {
          if (emptiness.along(block.terminator(), to, Emptiness.Content.UNKNOWN)
              != Emptiness.Content.UNKNOWN) {
            return true;
          }
        }
        for (Instruction instruction : block.instructions()) {
          if (emptiness.after(instruction, Emptiness.Content.UNKNOWN)
              != Emptiness.Content.UNKNOWN) {
            return true;
          }
        }
      }
      return false;
    }

    private Optional<Finding> ofNothing(Emptiness.Content content, Position branch) {
      boolean isNull = content == Emptiness.Content.NULL;
      String what = "'" + variable.spelled() + "' is " + (isNull ? "NULL" : "an error");
      return program
          .resolve(put.call().name(), function.file())
          .flatMap(
              f ->
                  new Crash(program)
                      .in(f, put.argument(), isNull ? Known.ZERO : Known.errorPointer(true)))
          .map(
              crash ->
                  finding(
                      what + " on one way here",
                      at(branch, what + " on one way from here"),
                      at(put.call().position(), "that way surely comes to the put"),
                      new Related(crash, put.call().name() + "() reads through what it is given")));
    }

    /** The get has failed, and nothing else is held that could be put. */
    Optional<Finding> ofRefused() {
      for (BasicBlock from : body.cfg().blocks()) {
        if (from.terminator() instanceof Terminator.Branch branch
            && branch.condition().right().equals(Value.ZERO)
            && branch.condition().left() instanceof Value.Load result
            && result.path().isVariable()
            && branch.ifTrue() != branch.ifFalse()) {
          int refused =
              switch (branch.condition().operator()) {
                case EQ -> branch.ifTrue();
                case NE -> branch.ifFalse();
                default -> -1;
              };
          if (refused >= 0
              && failed(from, result.path()).isPresent()
              && new Found(program, function, body).isOnly(variable)
              && new SureWay(body.cfg(), put.call(), variable).leadsFrom(refused)) {
            return Optional.of(
                finding(
                    "the get has failed on one way here",
                    at(branch.position(), "no reference was to be had"),
                    at(put.call().position(), "that way surely comes to the put")));
          }
        }
      }
      return Optional.empty();
    }

    /** The try-get in that block that the result is of, if it is of the same counter. */
    private Optional<CountCall> failed(BasicBlock block, AccessPath result) {
      Counting counting = new Counting(program);
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Call call
            && call.result().filter(result::equals).isPresent()) {
          return CountCall.of(call, function, program)
              .filter(c -> c.effect() == CountEffect.TRY_GET && c.saysSo(function, program))
              .filter(c -> c.variable().filter(variable::equals).isPresent())
              .filter(
                  c ->
                      counting.counter(c, function).isPresent()
                          && counting.counter(c, function).equals(counting.counter(put, function)));
        }
      }
      return Optional.empty();
    }

    private Related at(Position position, String message) {
      return new Related(Location.of(function.file(), position), message);
    }

    private Finding finding(String why, Related... story) {
      return new Finding(
          INFO.id(),
          INFO.tier(),
          Location.of(function.file(), put.call().position()),
          function.name(),
          put.call().name() + "() without a reference: " + why,
          List.of(story));
    }
  }
}
