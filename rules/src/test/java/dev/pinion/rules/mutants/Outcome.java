// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import dev.pinion.rules.mutants.operator.Mutant;

/**
 * What became of a mutant.
 *
 * @param reason the rule that killed it, or why it lives
 */
record Outcome(Mutant mutant, Kind kind, String reason) {
  /** How a mutant ends. */
  enum Kind {
    /** By a finding that is shown by default. */
    KILLED,
    /** By a latent finding only. */
    KILLED_LATENT,
    /** Nothing to find: breaking the site does no harm. */
    EQUIVALENT,
    SURVIVED
  }

  /** A row for those who want to look into it. */
  String row() {
    return String.join(
        "\t",
        mutant.operator(),
        mutant.file() + ":" + mutant.line(),
        mutant.function().name(),
        mutant.what(),
        kind.name().toLowerCase(java.util.Locale.ROOT),
        reason);
  }
}
