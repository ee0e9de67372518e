// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.report;

import dev.pinion.analyzer.engine.Extent;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import java.util.List;
import java.util.Optional;

/**
 * One finding of a report.
 *
 * @param extent where the marked code ends
 * @param introducedBy the commit that brought it, if commits were looked at
 * @param curedBy the commit that took it away
 * @param fixes those that were checked and hold, and what is needed where there is none; absent if
 *     nobody asked
 */
public record Item(
    Reported reported,
    Extent extent,
    Status status,
    Optional<String> introducedBy,
    Optional<String> curedBy,
    Optional<List<Fix>> fixes) {
  /** Copies the fixes. */
  public Item {
    fixes = fixes.map(List::copyOf);
  }

  /** A finding of whose fixes nobody asked. */
  public Item(
      Reported reported,
      Extent extent,
      Status status,
      Optional<String> introducedBy,
      Optional<String> curedBy) {
    this(reported, extent, status, introducedBy, curedBy, Optional.empty());
  }

  /** The same with its fixes. */
  public Item with(List<Fix> checked) {
    return new Item(reported, extent, status, introducedBy, curedBy, Optional.of(checked));
  }

  /** A finding of a plain scan. */
  public static Item of(Reported reported, Extent extent, Status status) {
    return new Item(reported, extent, status, Optional.empty(), Optional.empty());
  }

  public Finding finding() {
    return reported.finding();
  }
}
