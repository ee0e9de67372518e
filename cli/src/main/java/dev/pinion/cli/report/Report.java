// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.report;

import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.RuleInfo;
import java.util.List;
import java.util.Optional;

/**
 * All that is printed about one scan or one range of commits, narrowed to what the user asked for.
 *
 * @param version of Pinion
 * @param findings sorted; those of a baseline have {@link Status#EXISTING}
 * @param excused candidates with their excuse, sorted; absent if nobody asked for them
 * @param failures rules that crashed, one line each
 * @param rules those that ran, sorted by id
 */
public record Report(
    String version,
    TreeName tree,
    List<Item> findings,
    Optional<List<Excused>> excused,
    Coverage coverage,
    List<String> failures,
    List<RuleInfo> rules) {
  public Report {
    findings = List.copyOf(findings);
    excused = excused.map(List::copyOf);
    failures = List.copyOf(failures);
    rules = List.copyOf(rules);
  }

  /** The findings to raise an alarm over: neither known from the baseline nor gone. */
  public List<Item> alerts() {
    return with(Status.NEW);
  }

  /** The findings that have this status, in order. */
  public List<Item> with(Status status) {
    return findings.stream().filter(i -> i.status() == status).toList();
  }
}
