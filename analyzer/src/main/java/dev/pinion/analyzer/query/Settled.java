// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

/** An answer that is brought up to date at each change; for those who read it, like an input. */
final class Settled extends Node {
  private final Answer answer;
  private boolean isEnlisted;

  /** The revision of the answer's value that readers were told of last. */
  private int told;

  Settled(Object key, Answer answer) {
    this.answer = answer;
    this.groups = Changes.groupOf(key);
  }

  Answer answer() {
    return answer;
  }

  /** Begins to count; false if it did already. */
  boolean enlist(int revision) {
    boolean isNew = !isEnlisted;
    if (isNew) {
      isEnlisted = true;
      changedAt = revision;
      told = answer.changedAt;
    }
    return isNew;
  }

  /** Finds out whether the answer is another than readers were told. */
  boolean hasMoved() {
    try {
      answer.refresh();
    } catch (RuntimeException | StackOverflowError e) {
      return false; // Whoever reads it next finds out.
    }
    boolean moved = answer.changedAt != told;
    told = answer.changedAt;
    return moved;
  }

  @Override
  void refresh() {}
}
