// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.rule.Fix;

/** What became of a fix that a rule proposed. */
public sealed interface CheckedFix {
  /** The finding it is for. */
  Reported finding();

  /**
   * Carried out in memory it takes the finding away and brings no other.
   *
   * @param fix a complete one
   */
  record Offered(Reported finding, Fix fix) implements CheckedFix {}

  /**
   * There is something to say and nothing to edit.
   *
   * @param fix not a complete one
   */
  record Advised(Reported finding, Fix fix) implements CheckedFix {}

  /**
   * It is not what the rule took it for.
   *
   * @param why one line
   */
  record Withdrawn(Reported finding, Fix fix, String why) implements CheckedFix {}
}
