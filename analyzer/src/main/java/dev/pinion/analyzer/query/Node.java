// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

/** Something that answers hang on. */
abstract sealed class Node permits Input, Once, Answer, Settled, Fixpoint.Value {
  static final Node[] NOTHING = {};

  /** The revision in which this last became another. */
  volatile int changedAt;

  /** The groups of all inputs that this hangs on, directly or not; see {@link Changes}. */
  volatile long groups;

  /** The place in a {@link FootprintWalk} that is under way, from 1; 0 if it has not come here. */
  int walked;

  /** The numbers of the inputs that are known here by nothing else; ascending. */
  int[] numbers() {
    return Numbers.NONE;
  }

  /** What this was made from, as it is known now. */
  abstract Node[] below();

  /** Brings this up to date. Whatever it throws, it throws again when it is asked for. */
  abstract void refresh();

  /** Whether this is up to date, and what it was after that revision. */
  final boolean isUnchanged(int since) {
    try {
      refresh();
    } catch (RuntimeException | StackOverflowError e) {
      return false; // Told when it is read again.
    }
    return changedAt <= since;
  }
}
