// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.Sharing;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One object for equal values across the files of one load; used by all threads at once. */
final class SharedValues implements Sharing {
  private volatile ConcurrentMap<Object, Object> known = new ConcurrentHashMap<>();

  @Override
  @SuppressWarnings("unchecked") // equal values of immutable classes have one class
  public <T> T one(T value) {
    ConcurrentMap<Object, Object> known = this.known;
    // Most values are known, and to look first takes no lock.
    Object earlier = known.get(value);
    if (earlier == null) {
      earlier = known.putIfAbsent(value, value);
    }
    return earlier == null ? value : (T) earlier;
  }

  /** Forgets all values: a kernel has two million, and their table alone is 80 MB. */
  void forget() {
    known = new ConcurrentHashMap<>(); // One that is cleared keeps its size.
  }
}
