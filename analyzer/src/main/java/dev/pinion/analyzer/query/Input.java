// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

/** What answers are made from: something outside, that is changed by whoever owns it. */
public final class Input extends Node {
  private final Queries queries;
  private final int number;

  Input(Queries queries, int number) {
    this.queries = queries;
    this.number = number;
    this.changedAt = queries.revision();
    this.groups = Changes.groupOf(number);
  }

  /** The number that goes with a name, today and another day; two names may have the same. */
  public static int number(String name) {
    int hash = name.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x7feb352d;
    hash = (hash ^ (hash >>> 15)) * 0x846ca68b;
    return hash ^ (hash >>> 16);
  }

  /** What this is known by where only numbers are kept. */
  int number() {
    return number;
  }

  @Override
  Node[] below() {
    return NOTHING;
  }

  /** Notes that the answer being computed hangs on this. */
  public void read() {
    queries.use(this);
  }

  @Override
  void refresh() {}
}
