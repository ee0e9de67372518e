// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A remembered answer, how it is found, and what that read. */
final class Answer extends Node {
  private final Queries queries;
  private final Supplier<?> compute;
  private final Reads reads = new Reads();
  private volatile @Nullable Object value;

  /** The revision for which the value was last made, or found right. */
  private volatile int checkedAt;

  Answer(Queries queries, Supplier<?> compute) {
    this.queries = queries;
    this.compute = compute;
  }

  @Override
  synchronized Node[] below() {
    return reads.nodes();
  }

  /** The value of this revision. Computed once, even if several threads ask. */
  Object get() {
    Object known = value;
    return known != null && checkedAt == queries.revision() ? known : upToDate();
  }

  /** The value, if it is there and of this revision. */
  @Nullable Object current() {
    Object known = value;
    return known != null && checkedAt == queries.revision() ? known : null;
  }

  private synchronized Object upToDate() {
    refresh();
    Object known = value;
    return known != null ? known : reads.areKnown() ? computeAgain() : compute();
  }

  /** Finds out whether a value is still right; one that was dropped need not be made for that. */
  @Override
  void refresh() {
    int since = checkedAt;
    if (since == queries.revision()) {
      return;
    }
    if (reads.areKnown() && !queries.changes().touch(groups, since)) {
      checkedAt = queries.revision();
      return;
    }
    bringUpToDate();
  }

  private synchronized void bringUpToDate() {
    if (checkedAt == queries.revision()) {
      return;
    }
    if (reads.areKnown() && reads.areUnchanged(checkedAt)) {
      groups = reads.groups();
      checkedAt = queries.revision();
    } else {
      compute();
    }
  }

  /** Whether the last computation brought a value, be it kept or dropped. */
  synchronized boolean isKnown() {
    return reads.areKnown();
  }

  /** Forgets the value; it is made again, and equal, when it is asked for. */
  void drop() {
    value = null;
  }

  /** Makes a value that was dropped; what it reads is known. */
  private Object computeAgain() {
    Frame frame = queries.open();
    try {
      Object again = compute.get();
      value = again;
      return again;
    } finally {
      queries.close(frame);
    }
  }

  private Object compute() {
    Object before = value;
    reads.forget(); // A computation that fails leaves nothing to rely on.
    Frame frame = queries.open();
    Object next;
    try {
      next = compute.get();
    } finally {
      queries.close(frame);
    }
    reads.replace(frame);
    groups = reads.groups();
    Object same = before != null && next.equals(before) ? before : next;
    if (same != before) {
      changedAt = queries.revision();
      value = next;
    }
    checkedAt = queries.revision();
    return same;
  }
}
