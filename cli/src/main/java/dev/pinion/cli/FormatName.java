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
  CHECKPATCH,
  /** What {@code b4 review} takes from a checker. */
  B4_REVIEW,
  /** Replies to patches, drafted. */
  MAIL;

  /** Whether whoever reads it takes every other line, on standard error too, for a failure. */
  boolean isForMachines() {
    return this == CHECKPATCH || this == B4_REVIEW;
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
