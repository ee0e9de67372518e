// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Origins;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A wake-up at the end, when the device or the module goes, before which nothing is written of what
 * the waiters wait for: they go back to sleep.
 */
final class WithoutCondition {
  /** So many levels of callees are looked into. */
  private static final int CALLEES = 2;

  /** So many functions are looked at for how the wake-up comes about. */
  private static final int NEAR = 8;

  private WithoutCondition() {}

  static void judge(WaitQueues.Use wake, Program program, Report report) {
    Optional<FieldRef> queue = WaitQueues.of(program).queue(wake);
    boolean ownFile = program.facts(wake.function()).linkage() == Function.Linkage.STATIC;
    if (!ownFile || queue.isEmpty()) {
      return;
    }
    List<Origins.Origin> origins = Origins.of(program).deciding(wake.function(), NEAR);
    if (origins.isEmpty() || !origins.stream().allMatch(o -> o.kind() == Origins.Kind.GONE)) {
      return;
    }
    List<Wait> waits = waits(queue.get(), program);
    if (waits.isEmpty()) {
      return;
    }
    List<Related> story = new ArrayList<>();
    for (Wait wait : waits) {
      if (NeededLock.keepsApart(wait.use(), wake, program)) {
        return;
      }
      Awaited awaited = Awaited.by(wait, program);
      Optional<FunctionRef> writer =
          origins.stream()
              .flatMap(o -> o.chain().stream())
              .filter(f -> Writes.within(program, f, awaited.fields(), CALLEES))
              .findFirst();
      if (!awaited.complete() || awaited.fields().isEmpty() || writer.isPresent()) {
        writer.ifPresent(
            w ->
                report.excused(
                    new Excused(
                        OneShotWake.INFO.id(),
                        wake.location(),
                        wake.function().name(),
                        "condition-is-set",
                        w.name() + "() writes what is waited for",
                        List.of(Origins.of(program).line(origins.get(0))))));
        return;
      }
      story.add(
          new Related(
              wait.location(),
              wait.use().function().name()
                  + "() waits until "
                  + awaited.fields().iterator().next()
                  + " changes"));
    }
    story.add(Origins.of(program).line(origins.get(0)));
    story.add(
        new Related(
            wake.location(),
            "latent only: nothing of that is seen to be written before; a caller may do it"));
    report.finding(
        new Finding(
            OneShotWake.INFO.id(),
            Tier.LATENT,
            wake.location(),
            wake.function().name(),
            wake.function().name()
                + "() wakes those who wait on '"
                + queue.get()
                + "' and sets nothing that lets them go",
            story));
  }

  /** The waits on a queue that test a condition, if all uses of the queue are known. */
  private static List<Wait> waits(FieldRef queue, Program program) {
    List<Wait> waits = new ArrayList<>();
    for (WaitQueues.Use use : WaitQueues.of(program).of(queue)) {
      if (use.does("wait", "prepare")) {
        Wait.in(use.function(), program).stream()
            .filter(w -> w.use().operation().equals(use.operation()))
            .forEach(waits::add);
      }
    }
    return waits;
  }
}
