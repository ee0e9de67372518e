// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
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

/**
 * An RCU callback that may sleep: it runs with softirqs disabled.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, item 5.
 */
@AutoService(Rule.class)
public final class CallbackBlocks implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-callback-blocks",
          Tier.WARNING,
          "an RCU callback may sleep",
          List.of("tells-contexts-apart"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    return ModuleCallbacks.files(program);
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return !ModuleCallbacks.of(function, program).isEmpty();
  }

  @Override
  public void check(FunctionRef callback, Program program, Report report) {
    Optional<Sleeping.Chain> found = Sleeping.in(program, callback);
    if (found.isEmpty()) {
      return;
    }
    Sleeping.Chain chain = found.get();
    Location where = chain.steps().get(0).location();
    if (chain.test().isPresent()) {
      report.excused(
          new Excused(
              INFO.id(),
              where,
              callback.name(),
              "tells-contexts-apart",
              "a function on the way asks whether it may sleep",
              List.of(chain.test().get())));
      return;
    }
    ModuleCallbacks.Queueing queueing = ModuleCallbacks.of(callback, program).get(0);
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            Location.of(queueing.from().file(), program.facts(queueing.from()).position()),
            queueing.from().name()
                + "() leaves "
                + callback.name()
                + "() to "
                + queueing.api().name()
                + "()"));
    story.addAll(chain.steps());
    chain.doubt().ifPresent(story::add);
    report.finding(
        new Finding(
            INFO.id(),
            Doubts.tier(chain.doubt()),
            where,
            callback.name(),
            callback.name() + "() is an RCU callback and may sleep in " + chain.primitive() + "()",
            story));
  }
}
