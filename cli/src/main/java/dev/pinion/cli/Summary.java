// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import dev.pinion.cli.report.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The last words on standard error: what was found, in how much code, and what went wrong. */
final class Summary {
  private Summary() {}

  /** Prints one line, after one line for each rule that crashed. */
  static void print(Report report, ScanResult result, ReportOptions options, Surroundings here) {
    failures(report.failures(), here);
    if (options.format().isForMachines()) {
      return; // b4 takes every line on standard error for a failure.
    }
    List<String> rest = new ArrayList<>();
    long lower =
        result.findings().stream()
            .map(Reported::finding)
            .filter(finding -> !finding.tier().atLeast(options.tier()))
            .count();
    add(lower, "of a lower tier not shown", rest);
    add(report.with(Status.EXISTING).size(), "in the baseline", rest);
    add(result.excused().size(), "excused", rest);
    here.err()
        .printf(
            "pinion: %s in %s; %s%s%n",
            findings(report.alerts()),
            ReportOptions.count(report.coverage().files(), "file"),
            functions(report.coverage()),
            rest.isEmpty() ? "" : "; " + String.join(", ", rest));
  }

  /** Says which rules crashed. */
  static void failures(List<String> failures, Surroundings here) {
    for (String failure : failures) {
      here.err().println("pinion: " + failure);
    }
  }

  /** {@code 3 findings (1 error, 2 warnings)}. */
  static String findings(List<Item> items) {
    List<String> tiers = new ArrayList<>();
    for (Tier tier : Tier.values()) {
      long count = items.stream().filter(item -> item.finding().tier() == tier).count();
      if (count > 0) {
        tiers.add(
            tier == Tier.LATENT ? count + " latent" : ReportOptions.count(count, tier.label()));
      }
    }
    String all = ReportOptions.count(items.size(), "finding");
    return tiers.isEmpty() ? all : all + " (" + String.join(", ", tiers) + ")";
  }

  /** {@code 120 functions, 99.2 % of them analysed}; never rounded up to all of them. */
  static String functions(Coverage coverage) {
    double percent = Math.floor(coverage.share() * 10_000) / 100;
    return String.format(
        Locale.ROOT,
        "%s, %.2f %% of them analysed",
        ReportOptions.count(coverage.functions(), "function"),
        percent);
  }

  private static void add(long count, String what, List<String> to) {
    if (count > 0) {
      to.add(count + " " + what);
    }
  }
}
