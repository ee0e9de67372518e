// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A sleep on a queue after which nobody looks whether what was waited for has come. */
@AutoService(Rule.class)
public final class UncheckedCondition implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "wait-unchecked-condition",
          Tier.WARNING,
          "a sleep on a queue whose condition is not tested again after the wake-up",
          List.of("caller-loops", "tested-after"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    SortedSet<String> files = new TreeSet<>();
    for (Api api : program.model().family(Wait.FAMILY)) {
      if (api.does(Wait.FAMILY, "prepare")) {
        files.addAll(program.files(Term.OPERATION, api.name()));
      }
    }
    return files;
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return WaitQueues.of(program).in(function).stream().anyMatch(u -> u.does("prepare"))
        && program.callees(function).stream()
            .anyMatch(c -> program.model().does(c, Wait.FAMILY, "sleep"));
  }

  @Override
  public void check(FunctionRef ref, Program program, Report report) {
    Function function = program.ir(ref);
    for (Instruction.Call call : Calls.of(function)) {
      Optional<Api> sleep =
          program
              .model()
              .find(Wait.FAMILY, call.name())
              .filter(a -> a.operation().equals("sleep") && !a.is("limit"));
      if (sleep.isPresent() && !function.cfg().leads(call, call)) {
        judge(ref, function, call, program, report);
      }
    }
  }

  private static void judge(
      FunctionRef ref, Function function, Instruction.Call sleep, Program program, Report report) {
    Location where = Location.of(ref.file(), sleep.position());
    Retest retest = new Retest(ref, function, sleep, program.model());
    if (retest.guard().isEmpty()) {
      return; // It waits for whatever happens next, not for something that holds.
    }
    Optional<Related> tested = retest.again();
    if (tested.isPresent()) {
      report.excused(
          new Excused(
              INFO.id(),
              where,
              ref.name(),
              "tested-after",
              "what was tested before the sleep is tested again after it",
              List.of(tested.get())));
      return;
    }
    Repeat repeat = Repeat.of(program, ref);
    if (repeat.kind() == Repeat.Kind.ALWAYS) {
      report.excused(
          new Excused(
              INFO.id(), where, ref.name(), "caller-loops", "callers sleep again", repeat.lines()));
      return;
    }
    List<Related> story = new ArrayList<>();
    retest.guard().ifPresent(story::add);
    story.add(new Related(where, ref.name() + "() sleeps here once, whatever wakes it"));
    story.addAll(repeat.lines());
    boolean known = repeat.kind() == Repeat.Kind.NOT;
    if (!known) {
      story.add(
          new Related(where, "latent only: a caller that is not known may look and call again"));
    }
    report.finding(
        new Finding(
            INFO.id(),
            known ? Tier.WARNING : Tier.LATENT,
            where,
            ref.name(),
            sleep.name() + "() returns on any wake-up, and what was waited for is not tested again",
            story));
  }
}
