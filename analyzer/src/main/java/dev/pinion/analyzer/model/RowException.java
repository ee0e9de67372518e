// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.model;

/** A line of a rows file that is no row. The message is one line: where, what, what to write. */
public final class RowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  RowException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** 1-based. */
  public int line() {
    return line;
  }
}
