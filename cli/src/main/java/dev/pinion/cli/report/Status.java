// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.report;

import java.util.Locale;

/** How a finding stands to what it is compared with: a baseline, or the parent of a commit. */
public enum Status {
  /** Not there before. Without anything to compare with, every finding is new. */
  NEW,
  /** Known: in the baseline. */
  EXISTING,
  /** Gone. */
  CURED;

  /** {@code "new"}, {@code "existing"} or {@code "cured"}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
