// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.report;

import dev.pinion.analyzer.engine.Extent;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.rule.Finding;
import java.util.Optional;

/**
 * One finding of a report.
 *
 * @param extent where the marked code ends
 * @param introducedBy the commit that brought it, if commits were looked at
 * @param curedBy the commit that took it away
 */
public record Item(
    Reported reported,
    Extent extent,
    Status status,
    Optional<String> introducedBy,
    Optional<String> curedBy) {
  /** A finding of a plain scan. */
  public static Item of(Reported reported, Extent extent, Status status) {
    return new Item(reported, extent, status, Optional.empty(), Optional.empty());
  }

  public Finding finding() {
    return reported.finding();
  }
}
