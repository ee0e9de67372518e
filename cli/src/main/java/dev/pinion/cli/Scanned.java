// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.CheckedFix;
import dev.pinion.analyzer.engine.FixCheck;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.cli.report.Item;
import java.util.List;
import java.util.Optional;

/**
 * What a scan found, and what became of the fixes of what is shown of it.
 *
 * @param fixes each checked alone; absent if a report does not want them
 * @param preview absent if no diff is wanted
 */
record Scanned(ScanResult result, Optional<List<CheckedFix>> fixes, Optional<FixPreview> preview) {

  /** Checks the fixes of the findings that are shown, if anybody asks for them. */
  static Scanned of(
      ScanResult result, List<Reported> shown, FixOptions options, FixCheck check, SourceTree tree)
      throws SourceException, CancelledException {
    if (!options.asked()) {
      return new Scanned(result, Optional.empty(), Optional.empty());
    }
    return options.preview()
        ? new Scanned(result, Optional.empty(), Optional.of(FixPreview.of(shown, check, tree)))
        : new Scanned(result, Optional.of(check.alone(shown)), Optional.empty());
  }

  /** A finding of the report, with its fixes if they are asked for. */
  Item with(Item item) {
    return fixes.map(all -> item.with(holding(all, item.reported()))).orElse(item);
  }

  /** What was not withdrawn. */
  private static List<Fix> holding(List<CheckedFix> all, Reported finding) {
    return all.stream()
        .filter(f -> f.finding().equals(finding))
        .flatMap(f -> Scanned.holding(f).stream())
        .toList();
  }

  private static Optional<Fix> holding(CheckedFix fix) {
    if (fix instanceof CheckedFix.Offered offered) {
      return Optional.of(offered.fix());
    }
    return fix instanceof CheckedFix.Advised advised
        ? Optional.of(advised.fix())
        : Optional.empty();
  }
}
