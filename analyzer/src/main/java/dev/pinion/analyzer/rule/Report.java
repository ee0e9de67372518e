// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import dev.pinion.analyzer.evidence.Location;

/** Where a rule says what it found. */
public interface Report {
  void finding(Finding finding);

  void excused(Excused excused);

  /**
   * A function that the rule could not judge because a limit was reached: neither a finding nor an
   * excuse, but a line of the coverage ledger.
   *
   * @param why one line for people
   */
  void unjudged(Location location, String function, String why);
}
