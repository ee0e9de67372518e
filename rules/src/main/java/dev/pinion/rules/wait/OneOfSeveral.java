// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.link.BareWays;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Origins;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Tier;
import java.util.List;
import java.util.Optional;

/**
 * {@code complete()} that runs once for an object, while system calls of any number of threads wait
 * for it: it lets one of them go.
 */
final class OneOfSeveral {
  private OneOfSeveral() {}

  static void judge(WaitQueues.Use complete, Program program, Report report) {
    Optional<FieldRef> queue = WaitQueues.of(program).queue(complete);
    if (queue.isEmpty() || !isOnlyOne(complete, queue.get(), program)) {
      return;
    }
    List<Origins.Origin> origins = Origins.of(program).deciding(complete.function());
    if (origins.isEmpty()
        || !origins.stream().allMatch(OneOfSeveral::comesOnce)
        || isInLoop(complete, program)) {
      return;
    }
    for (WaitQueues.Use use : WaitQueues.of(program).of(queue.get())) {
      if (use.does("wait")) {
        Optional<Related> bare =
            BareWays.of(program).to(use.function(), use.operation().position());
        List<Origins.Origin> waiters = Origins.of(program).deciding(use.function());
        if (bare.isPresent()
            && !waiters.isEmpty()
            && waiters.stream().allMatch(o -> o.kind() == Origins.Kind.USER)) {
          report.finding(
              new Finding(
                  OneShotWake.INFO.id(),
                  Tier.WARNING,
                  complete.location(),
                  complete.function().name(),
                  "complete() lets one go, and several may wait for '" + queue.get() + "'",
                  List.of(
                      new Related(
                          use.location(), use.function().name() + "() waits with " + use.called()),
                      Origins.of(program).line(waiters.get(0)),
                      bare.get(),
                      new Related(complete.location(), "it is completed here and nowhere else"),
                      Origins.of(program).line(origins.get(0)))));
          return;
        }
      }
    }
  }

  private static boolean comesOnce(Origins.Origin origin) {
    return origin.kind() == Origins.Kind.COMES || origin.kind() == Origins.Kind.ONCE;
  }

  /** Whether somebody waits, nobody else completes it, and nobody makes it new again. */
  private static boolean isOnlyOne(WaitQueues.Use complete, FieldRef queue, Program program) {
    boolean waits = false;
    for (WaitQueues.Use use : WaitQueues.of(program).of(queue)) {
      waits |= use.does("wait");
      boolean other = use.wakes() && !use.operation().equals(complete.operation());
      if (use.api().isEmpty() || other || use.does("reset")) {
        return false;
      }
    }
    return waits;
  }

  private static boolean isInLoop(WaitQueues.Use complete, Program program) {
    Function function = program.ir(complete.function());
    return Calls.at(function, complete.operation().api(), complete.operation().position())
        .filter(c -> !function.cfg().leads(c, c))
        .isEmpty();
  }
}
