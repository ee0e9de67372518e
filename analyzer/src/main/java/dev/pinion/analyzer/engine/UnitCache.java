// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.source.BlobId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bodies of the files asked for most recently, by blob id. */
final class UnitCache {
  /** Rules look into a few hundred files of a tree, most of them several times. */
  private static final int CAPACITY = 400;

  private final Map<BlobId, Slot> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BlobId, Slot> eldest) {
          return size() > CAPACITY;
        }
      };

  /** One file; computed once even if several threads ask. */
  private static final class Slot {
    private @Nullable Unit unit;

    synchronized Unit get(Supplier<Unit> compute) {
      Unit known = unit;
      if (known == null) {
        known = compute.get();
        unit = known;
      }
      return known;
    }
  }

  Unit get(BlobId id, Supplier<Unit> compute) {
    Slot slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(id, i -> new Slot());
    }
    return slot.get(compute);
  }
}
