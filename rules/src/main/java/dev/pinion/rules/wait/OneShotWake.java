// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A wake-up that reaches one waiter of several, or those of today and not those of tomorrow. */
@AutoService(Rule.class)
public final class OneShotWake implements Rule {
  static final RuleInfo INFO =
      new RuleInfo(
          "wait-one-shot-wake",
          Tier.WARNING,
          "a wake-up that is for one, or for those who wait now, where more come",
          List.of("condition-is-set"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    SortedSet<String> files = new TreeSet<>();
    for (Api api : program.model().family(Wait.FAMILY)) {
      if (api.does(Wait.FAMILY, "complete", "wake")) {
        files.addAll(program.files(Term.OPERATION, api.name()));
      } else if (api.does(Wait.FAMILY, "task")) {
        files.addAll(program.files(Term.CALL, api.name()));
      }
    }
    return files;
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return WaitQueues.of(program).in(function).stream().anyMatch(WaitQueues.Use::wakes)
        || TodaysWaiters.mayBeIn(function, program);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    for (WaitQueues.Use use : WaitQueues.of(program).in(function)) {
      if (use.does("complete") && !use.api().orElseThrow().is("all")) {
        OneOfSeveral.judge(use, program, report);
      } else if (use.does("wake")) {
        WithoutCondition.judge(use, program, report);
      }
    }
    if (TodaysWaiters.mayBeIn(function, program)) {
      TodaysWaiters.judge(function, program, report);
    }
  }
}
