// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

/** What a node's value was made from, in the order of the first reads. Guarded by its owner. */
final class Reads {
  private Node[] nodes = Node.NOTHING;
  private int[] numbers = Numbers.NONE;
  private boolean known;

  Node[] nodes() {
    return nodes;
  }

  /** The numbers of inputs of which nothing else is known. */
  int[] numbers() {
    return numbers;
  }

  boolean areKnown() {
    return known;
  }

  /** Takes note of what was read for a new value. */
  void replace(Frame read) {
    nodes = read.nodes();
    numbers = read.numbers();
    known = true;
  }

  /** There is no value; what was read for it counts for nothing. */
  void forget() {
    known = false;
  }

  /**
   * Whether nothing has become another after that revision. In order, and no further than to the
   * first that has: what was read after it may make no sense any more.
   */
  boolean areUnchanged(int since) {
    for (Node node : nodes) {
      if (!node.isUnchanged(since)) {
        return false;
      }
    }
    return true;
  }

  /** The groups of all inputs that were read, directly or not. */
  long groups() {
    long all = 0;
    for (Node node : nodes) {
      all |= node.groups;
    }
    return all;
  }
}
