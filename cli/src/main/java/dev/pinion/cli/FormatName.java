// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.util.Locale;

/** The formats a report can be had in. */
enum FormatName {
  TEXT,
  JSON,
  SARIF,
  GITLAB,
  CHECKSTYLE,
  CHECKPATCH;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
