// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import java.util.Comparator;
import java.util.List;

/**
 * A candidate that is not reported, with the proof of why not. Nobody has to trust a silent tool.
 *
 * @param excuse kebab-case id of the excuse, as on the rule's page
 * @param because one sentence
 * @param related the lines that prove it
 */
public record Excused(
    String rule,
    Location location,
    String function,
    String excuse,
    String because,
    List<Related> related)
    implements Comparable<Excused> {
  private static final Comparator<Excused> ORDER =
      Comparator.comparing(Excused::location)
          .thenComparing(Excused::rule)
          .thenComparing(Excused::excuse);

  public Excused {
    related = List.copyOf(related);
  }

  @Override
  public int compareTo(Excused other) {
    return ORDER.compare(this, other);
  }
}
