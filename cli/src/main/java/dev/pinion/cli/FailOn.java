// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.rule.Tier;
import java.util.Locale;

/** From which tier on findings make the command fail. */
enum FailOn {
  ERROR,
  WARNING,
  NEVER;

  boolean failsOn(Tier tier) {
    return switch (this) {
      case ERROR -> tier.atLeast(Tier.ERROR);
      case WARNING -> tier.atLeast(Tier.WARNING);
      case NEVER -> false;
    };
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
