// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Callbacks;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A wait for a work item, timer or tasklet while a lock is held that its function takes: if it runs
 * by then, neither goes on.
 *
 * <p>Source: {@code Documentation/core-api/workqueue.rst}; lockdep's map of a work item says the
 * same of the kernel that runs.
 */
@AutoService(Rule.class)
public final class FlushUnderLock implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "flush-under-lock",
          "teardown",
          Tier.WARNING,
          "a wait for a callback with a lock held that the callback takes",
          List.of("other-object", "given-back", OpenWays.EXCUSE));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    Collection<String> all = new TreeSet<>();
    for (Api api : program.model().family("drain")) {
      if (api.does("drain", "waits")) {
        all.addAll(program.files(Term.OPERATION, api.name()));
      }
    }
    return all;
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return program.operations(function).stream()
        .anyMatch(o -> Callbacks.wait(program, o.api()).isPresent());
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    for (Operation operation : program.operations(function)) {
      Optional<Api> wait = Callbacks.wait(program, operation.api());
      if (wait.isPresent()) {
        judge(function, operation, wait.get(), program, report);
      }
    }
  }

  private void judge(
      FunctionRef function, Operation operation, Api wait, Program program, Report report) {
    Callbacks.SetUps setUps =
        Callbacks.of(program)
            .of(
                operation.operand(wait.argument("at")),
                wait.texts().getOrDefault("as", ""),
                function.file());
    if (setUps.starts().isEmpty()) {
      return;
    }
    Optional<Instruction.Call> call =
        Calls.at(program.ir(function), operation.api(), operation.position());
    if (call.isEmpty()) {
      return;
    }
    Wait found = new Wait(program, function, call.get(), wait, setUps);
    OnePlace place = new OnePlace(report);
    for (LockPlaces.Held held : found.held()) {
      found.judge(held, INFO, place);
    }
    found.forItself(INFO, place);
    place.tell();
  }
}
