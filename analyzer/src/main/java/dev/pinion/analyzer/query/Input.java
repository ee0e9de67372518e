// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

/** What answers are made from, where it may change: something outside. */
final class Input extends Node {
  private final int[] number;

  Input(int number, int revision) {
    this.number = new int[] {number};
    this.changedAt = revision;
    this.groups = Changes.groupOf(number);
  }

  @Override
  int[] numbers() {
    return number;
  }

  @Override
  Node[] below() {
    return NOTHING;
  }

  @Override
  void refresh() {}
}
