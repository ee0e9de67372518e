// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/** An {@code #include} of the arms taken. */
public record Include(String path, Style style, int line) {
  /** How the path was written. */
  public enum Style {
    /** {@code "path"}. */
    QUOTED,
    /** {@code <path>}. */
    ANGLED,
    /** A macro stands for the path; {@link Include#path} is its name. */
    MACRO
  }
}
