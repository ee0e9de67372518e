// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Acquisitions;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a pointer points to is used right after the reference behind it was dropped. */
@AutoService(Rule.class)
public final class UseAfterPut implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "pin-use-after-put",
          Tier.LATENT,
          "an object is used after the reference to it was dropped",
          List.of());

  /** A put that is longer than this does more than that. */
  private static final int MAX_LINES = 12;

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
    return PutCalls.of(program).anyOfVariable(function);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    boolean mayFind =
        program.callees(function).stream().anyMatch(c -> isTaken(program, function, c));
    if (!mayFind) {
      return;
    }
    Function body = program.ir(function);
    Set<String> names = PutCalls.of(program).names(function);
    for (BasicBlock block : body.cfg().blocks()) {
      for (int i = 0; i < block.instructions().size(); i++) {
        if (block.instructions().get(i) instanceof Instruction.Call call
            && names.contains(call.name())) {
          Optional<CountCall> put =
              CountCall.of(call, function, program).filter(c -> c.effect() == CountEffect.PUT);
          Optional<AccessPath> variable = put.flatMap(CountCall::variable);
          if (variable.isPresent()) {
            Optional<Position> use = useAfter(block, i, variable.get());
            if (use.isPresent()) {
              judge(program, function, body, put.get(), variable.get(), use.get(), report);
            }
          }
        }
      }
    }
  }

  /** The next use that surely follows. */
  private static Optional<Position> useAfter(BasicBlock block, int put, AccessPath variable) {
    for (int i = put + 1; i < block.instructions().size(); i++) {
      Instruction instruction = block.instructions().get(i);
      List<Value> read =
          instruction instanceof Instruction.Assign assign
              ? List.of(assign.value(), new Value.Load(assign.target()))
              : ((Instruction.Call) instruction).arguments();
      if (read.stream().anyMatch(v -> Pointers.goesThrough(v, variable))) {
        return Optional.of(instruction.position());
      }
      Optional<AccessPath> target =
          instruction instanceof Instruction.Assign assign
              ? Optional.of(assign.target())
              : ((Instruction.Call) instruction).result();
      if (target.filter(variable::equals).isPresent()) {
        return Optional.empty();
      }
    }
    if (block.terminator() instanceof Terminator.Return leave
        && leave.value().filter(v -> Pointers.goesThrough(v, variable)).isPresent()) {
      return Optional.of(leave.position());
    }
    return block.terminator() instanceof Terminator.Branch branch
            && (Pointers.goesThrough(branch.condition().left(), variable)
                || Pointers.goesThrough(branch.condition().right(), variable))
        ? Optional.of(branch.position())
        : Optional.empty();
  }

  /**
   * Whether a put does little else, and so is no end of something that has references of its own.
   */
  private static boolean isPlain(Program program, FunctionRef function, CountCall put) {
    Optional<Api> row = program.model().find("object", put.call().name());
    return row.isPresent()
        ? !row.get().is("plain")
        : program
            .resolve(put.call().name(), function.file())
            .map(program::facts)
            .filter(f -> f.endLine() - f.position().line() <= MAX_LINES)
            .isPresent();
  }

  private static boolean isTaken(Program program, FunctionRef function, String callee) {
    return !program.model().does(callee, "object", "alloc")
        && Acquisitions.of(program).acquires(callee, function.file())
            == Acquisitions.Acquisition.YES;
  }

  private static void judge(
      Program program,
      FunctionRef function,
      Function body,
      CountCall put,
      AccessPath variable,
      Position use,
      Report report) {
    long counting =
        Calls.of(body).stream()
            .flatMap(c -> CountCall.of(c, function, program).stream())
            .filter(c -> c.variable().filter(variable::equals).isPresent())
            .filter(c -> c.effect() != CountEffect.PUT || c.call().position().equals(use))
            .count();
    if (counting > 0 || !isPlain(program, function, put)) {
      return; // It may hold more than one.
    }
    Optional<Instruction> definition =
        new Typing(body, program.model()).definition(variable.root());
    boolean isOwn =
        definition
            .filter(d -> d instanceof Instruction.Call c && isTaken(program, function, c.name()))
            .isPresent();
    if (!isOwn) {
      return;
    }
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            Location.of(function.file(), definition.get().position()),
            "the reference is taken here"));
    story.add(
        new Related(
            Location.of(function.file(), put.call().position()),
            put.call().name() + "() drops it, and may free the object"));
    story.add(
        new Related(
            Location.of(function.file(), use),
            "latent only: whether something else keeps the object is not known"));
    report.finding(
        new Finding(
            INFO.id(),
            Tier.LATENT,
            Location.of(function.file(), use),
            function.name(),
            "'" + variable.spelled() + "' is used after " + put.call().name() + "()",
            story));
  }
}
