// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers answers about one program. Each is computed once, even if several threads ask. */
final class Memo {
  private final ConcurrentMap<Object, Slot> slots = new ConcurrentHashMap<>();

  /** The answer under {@code key}, which must always be asked for with the same type. */
  @SuppressWarnings("unchecked") // one type for each key, as the contract says
  <T> T get(Object key, Supplier<T> compute) {
    return (T) slots.computeIfAbsent(key, k -> new Slot()).get(compute);
  }

  private static final class Slot {
    private @Nullable Object value;

    synchronized Object get(Supplier<?> compute) {
      Object known = value;
      if (known == null) {
        known = compute.get();
        value = known;
      }
      return known;
    }
  }
}
