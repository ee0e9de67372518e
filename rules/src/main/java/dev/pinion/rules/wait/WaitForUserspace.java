// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A wait without a limit that ends only when user space wants it. */
@AutoService(Rule.class)
public final class WaitForUserspace implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "wait-for-userspace",
          Tier.WARNING,
          "a wait without a limit ends only when user space wants it",
          List.of("killable", "in-flight", "teardown-ends-it"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    SortedSet<String> files = new TreeSet<>();
    for (Api api : program.model().family(Wait.FAMILY)) {
      if (api.does(Wait.FAMILY, "wait", "prepare") && !api.is("limit")) {
        files.addAll(program.files(Term.OPERATION, api.name()));
      }
    }
    return files;
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return Wait.mayBeIn(function, program);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    for (Wait wait : Wait.in(function, program)) {
      if (wait.isLasting()) {
        UserWait.of(wait, program).ifPresent(w -> report(w, report));
      }
    }
  }

  private static void report(UserWait found, Report report) {
    Wait wait = found.waiting();
    String function = wait.use().function().name();
    Optional<Excuse> excuse = found.excuse();
    if (excuse.isPresent()) {
      report.excused(excuse.get().of(INFO, wait.location(), function));
      return;
    }
    Optional<Related> doubt = found.doubt();
    report.finding(
        new Finding(
            INFO.id(),
            doubt.isPresent() ? Tier.LATENT : Tier.WARNING,
            wait.location(),
            function,
            function
                + "() waits without a limit for '"
                + wait.queue()
                + "', which is woken only when user space wants it",
            found.story(doubt)));
  }
}
