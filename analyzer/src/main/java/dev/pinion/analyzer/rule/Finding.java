// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import java.util.Comparator;
import java.util.List;

/**
 * A defect, with its story.
 *
 * @param rule the id of the rule, {@code rcu-list-plain-delete}
 * @param tier how sure the rule is of this one; never above the rule's own tier
 * @param location the primary location
 * @param function the function it stands in
 * @param message lower case, no final period, names the variable and the field
 * @param related the story in order; the reader can judge the finding from it alone
 * @param fixes what would cure it, best first; proposals that nobody has checked yet
 */
public record Finding(
    String rule,
    Tier tier,
    Location location,
    String function,
    String message,
    List<Related> related,
    List<Fix> fixes)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::location)
          .thenComparing(Finding::rule)
          .thenComparing(Finding::message);

  public Finding {
    related = List.copyOf(related);
    fixes = List.copyOf(fixes);
  }

  /** A finding of which the rule knows no fix. */
  public Finding(
      String rule,
      Tier tier,
      Location location,
      String function,
      String message,
      List<Related> related) {
    this(rule, tier, location, function, message, related, List.of());
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
