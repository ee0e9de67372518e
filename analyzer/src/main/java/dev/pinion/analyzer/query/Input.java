// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

/** What answers are made from: something outside, that is changed by whoever owns it. */
public final class Input extends Node {
  private final Queries queries;

  Input(Queries queries, Object name) {
    this.queries = queries;
    this.changedAt = queries.revision();
    this.groups = Changes.groupOf(name);
  }

  /** Notes that the answer being computed hangs on this. */
  public void read() {
    queries.use(this);
  }

  @Override
  void refresh() {}
}
