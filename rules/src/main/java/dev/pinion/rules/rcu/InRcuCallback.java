// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuCallbacks;
import dev.pinion.analyzer.rule.Excuse;
import java.util.List;
import java.util.Optional;

/** The excuse that readers have left by the time a function runs, as only RCU callbacks call it. */
final class InRcuCallback {
  private InRcuCallback() {}

  static Optional<Excuse> of(Program program, FunctionRef function) {
    return RcuCallbacks.of(program)
        .around(function)
        .map(
            c ->
                new Excuse(
                    "in-rcu-callback",
                    "runs only in an RCU callback, after a grace period",
                    List.of(
                        new Related(
                            Location.of(c.file(), program.facts(c).position()),
                            c.name() + "() is passed to call_rcu() or queue_rcu_work()"))));
  }
}
