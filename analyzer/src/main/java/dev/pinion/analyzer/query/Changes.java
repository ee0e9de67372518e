// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.Arrays;

/**
 * In which revision inputs of which groups became others. Inputs are put into 64 groups; what hangs
 * on none of the groups that changed is right without a look at anything that it was made from.
 */
final class Changes {
  private volatile long[] groups = new long[16];
  private volatile int revision = 1;

  /** The group of what has that name, or that number. */
  static long groupOf(Object name) {
    return 1L << ((name.hashCode() * 0x9e3779b9) >>> 26);
  }

  int revision() {
    return revision;
  }

  /** Begins a revision in which inputs of these groups are others. */
  void add(long changed) {
    int next = revision + 1;
    long[] all = next < groups.length ? groups : Arrays.copyOf(groups, next * 2);
    all[next] = changed;
    groups = all;
    revision = next;
  }

  /** Whether inputs of one of these groups have become others after that revision. */
  boolean touch(long these, int since) {
    long[] all = groups;
    long changed = 0;
    for (int i = revision; i > since; i--) {
      changed |= all[i];
    }
    return (changed & these) != 0;
  }
}
