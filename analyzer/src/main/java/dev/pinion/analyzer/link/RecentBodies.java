// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The bodies asked for most recently, with their solutions. They are the largest things that link
 * holds, and most are asked for a few times in a row; one that was dropped is made again, and
 * equal.
 */
final class RecentBodies {
  private static final int CAPACITY = 2_000;

  /** In the order of use; guarded by itself. */
  private final Map<FunctionRef, Contexts.Body> bodies =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FunctionRef, Contexts.Body> eldest) {
          return size() > CAPACITY;
        }
      };

  /** The body under that name. Two threads that miss at once both make it. */
  Contexts.Body get(FunctionRef function, Supplier<Contexts.Body> make) {
    synchronized (bodies) {
      Contexts.Body known = bodies.get(function);
      if (known != null) {
        return known;
      }
    }
    Contexts.Body made = make.get();
    synchronized (bodies) {
      bodies.put(function, made);
    }
    return made;
  }
}
