// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import java.util.Locale;

/** How sure a rule is, strongest first. */
public enum Tier {
  /** Proven on a path, evidence complete; gates CI. Target precision 95 %. */
  ERROR,
  /** Shown by default. Target precision 85 %. */
  WARNING,
  /** A contract is broken but something masks it today, or a smell. Off by default. */
  LATENT;

  /** Whether this tier is shown when {@code lowest} is the lowest one asked for. */
  public boolean atLeast(Tier lowest) {
    return compareTo(lowest) <= 0;
  }

  /** {@code "error"}, {@code "warning"} or {@code "latent"}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
