// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said of one place. Where something is sure, what is not adds nothing; of several doubtful
 * findings the first is told, and what is excused only where there is none.
 */
final class OnePlace implements Report {
  private final Report report;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Excused> excused = new ArrayList<>();

  OnePlace(Report report) {
    this.report = report;
  }

  @Override
  public void finding(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void excused(Excused one) {
    excused.add(one);
  }

  @Override
  public void unjudged(Location location, String function, String why) {
    report.unjudged(location, function, why);
  }

  /** Passes on what counts. */
  void tell() {
    List<Finding> sure = findings.stream().filter(f -> f.tier() != Tier.LATENT).toList();
    if (!sure.isEmpty()) {
      sure.forEach(report::finding);
    } else if (!findings.isEmpty()) {
      report.finding(findings.get(0));
    } else {
      excused.forEach(report::excused);
    }
  }
}
