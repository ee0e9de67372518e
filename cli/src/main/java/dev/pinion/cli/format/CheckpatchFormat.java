// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import java.io.IOException;
import java.util.Locale;

/**
 * Lines as checkpatch's {@code --terse --show-types} writes them. b4 takes each line on standard
 * output for a finding, so there is nothing else: no stories, no notes.
 */
public final class CheckpatchFormat implements ReportFormat {
  @Override
  public void write(Report report, Appendable out) throws IOException {
    for (Item item : report.alerts()) {
      Finding finding = item.finding();
      out.append(
          "%s:%d: %s:%s: %s\n"
              .formatted(
                  finding.location().file(),
                  finding.location().line(),
                  finding.tier() == Tier.ERROR ? "ERROR" : "WARNING",
                  finding.rule().toUpperCase(Locale.ROOT).replace('-', '_'),
                  finding.message()));
    }
  }
}
