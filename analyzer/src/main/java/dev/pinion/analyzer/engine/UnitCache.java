// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.source.BlobId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bodies of the files asked for most recently, by blob id. */
final class UnitCache {
  /** Rules look into some thousand files of a tree, many of them several times. */
  private static final int CAPACITY = 1000;

  private final Map<BlobId, Slot> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BlobId, Slot> eldest) {
          return size() > CAPACITY;
        }
      };

  /**
   * The functions of a file in their byte form, which is a tenth of the other, and the id of the
   * content they were lowered from.
   */
  record Lowered(BlobId content, List<byte[]> bodies) {
    Lowered {
      bodies = List.copyOf(bodies);
    }
  }

  /** One file; computed once even if several threads ask. */
  private static final class Slot {
    private @Nullable Lowered unit;

    synchronized Lowered get(Supplier<Lowered> compute) {
      Lowered known = unit;
      if (known == null) {
        known = compute.get();
        unit = known;
      }
      return known;
    }
  }

  Lowered get(BlobId id, Supplier<Lowered> compute) {
    Slot slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(id, i -> new Slot());
    }
    return slot.get(compute);
  }
}
