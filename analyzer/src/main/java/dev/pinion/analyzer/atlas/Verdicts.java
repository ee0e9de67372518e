// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What some rules say, function by function. */
final class Verdicts {
  private final Program program;
  private final List<Rule> rules;
  private final Map<FunctionRef, List<At>> byFunction = new HashMap<>();

  private record At(Location location, Verdict verdict) {}

  /**
   * @param prefix of the ids of the rules to ask
   */
  Verdicts(Program program, List<Rule> rules, String prefix) {
    this.program = program;
    this.rules =
        rules.stream()
            .filter(r -> r.info().id().startsWith(prefix))
            .sorted(Comparator.comparing(r -> r.info().id()))
            .toList();
  }

  /** The verdicts on exactly that place. */
  List<Verdict> at(FunctionRef function, Location location) {
    return byFunction.computeIfAbsent(function, this::judge).stream()
        .filter(a -> a.location().equals(location))
        .map(At::verdict)
        .toList();
  }

  private List<At> judge(FunctionRef function) {
    List<At> all = new ArrayList<>();
    Report report =
        new Report() {
          @Override
          public void finding(Finding f) {
            all.add(
                new At(
                    f.location(),
                    new Verdict(
                        f.rule(),
                        Verdict.Outcome.FINDING,
                        f.tier().label(),
                        f.message(),
                        f.related())));
          }

          @Override
          public void excused(Excused e) {
            all.add(
                new At(
                    e.location(),
                    new Verdict(
                        e.rule(), Verdict.Outcome.EXCUSED, e.excuse(), e.because(), e.related())));
          }

          @Override
          public void unjudged(Location location, String function, String why) {
            // No verdict: the coverage of a scan tells of it.
          }
        };
    rules.forEach(r -> r.check(function, program, report));
    return all;
  }
}
