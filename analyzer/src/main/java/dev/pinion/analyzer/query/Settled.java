// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

/** An answer that is brought up to date at each change; for those who read it, like an input. */
final class Settled extends Node {
  private static final int FAILED = -1;

  private final Answer answer;
  private volatile boolean isEnlisted;

  /** The revision of the answer's value that readers were told of last, or that there is none. */
  private int told = FAILED;

  Settled(Object key, Answer answer) {
    this.answer = answer;
    this.groups = Changes.groupOf(key);
  }

  Answer answer() {
    return answer;
  }

  @Override
  Node[] below() {
    return new Node[] {answer};
  }

  boolean isEnlisted() {
    return isEnlisted;
  }

  /** Begins to count; false if it did already. */
  boolean enlist(int revision) {
    boolean isNew = !isEnlisted;
    if (isNew) {
      isEnlisted = true;
      changedAt = revision;
      told = now();
    }
    return isNew;
  }

  /** Finds out whether the answer, or that there is none, is another than readers were told. */
  boolean hasMoved() {
    int now = now();
    boolean moved = now != told;
    told = now;
    return moved;
  }

  private int now() {
    try {
      answer.refresh();
      return answer.isKnown() ? answer.changedAt : FAILED;
    } catch (RuntimeException | StackOverflowError e) {
      return FAILED; // Told to whoever reads it.
    }
  }

  @Override
  void refresh() {}
}
