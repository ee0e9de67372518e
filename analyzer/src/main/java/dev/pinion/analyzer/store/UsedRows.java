// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

/** The frames of a segment that this process has asked for, by row. From any thread. */
final class UsedRows {
  /** Bytes and no bits: threads do not disturb each other, and none has to wait. */
  private final byte[] marks;

  private volatile boolean any;

  UsedRows(int rows) {
    marks = new byte[rows];
  }

  void add(int row) {
    if (marks[row] == 0) {
      marks[row] = 1;
      any = true;
    }
  }

  boolean has(int row) {
    return marks[row] != 0;
  }

  /** Whether there is one. */
  boolean any() {
    return any;
  }
}
