// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.BodyCodec;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.source.BlobId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bodies by blob id: those of the files that this process has parsed, packed, and those of the
 * files asked for most recently. Which functions rules will look into is not known when a file is
 * parsed; to parse it again for that costs more than to keep what was lowered anyway.
 */
final class UnitCache {
  /** Rules look into some thousand files of a tree, many of them several times. */
  private static final int CAPACITY = 1000;

  /** Two kernels; what does not fit is parsed again. */
  private static final long ROOM_FOR_PACKED = 160L << 20;

  private final ConcurrentMap<BlobId, PackedParts> parsed = new ConcurrentHashMap<>();
  private final AtomicLong room = new AtomicLong(ROOM_FOR_PACKED);

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

    static Lowered of(BlobId content, List<Function> functions) {
      return new Lowered(content, functions.stream().map(BodyCodec::encode).toList());
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

  /** Keeps the functions of a file that was parsed for its facts, while there is room. */
  void keep(BlobId content, List<Function> functions) {
    if (functions.isEmpty() || room.get() <= 0 || parsed.containsKey(content)) {
      return;
    }
    PackedParts bodies = PackedParts.of(Lowered.of(content, functions).bodies());
    if (parsed.putIfAbsent(content, bodies) == null) {
      room.addAndGet(-bodies.size());
    }
  }

  /** The functions of a file, lowered by {@code compute} if they are not known. */
  Lowered get(BlobId id, Supplier<Lowered> compute) {
    Slot slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(id, i -> new Slot());
    }
    return slot.get(
        () -> {
          PackedParts packed = parsed.get(id);
          return packed == null ? compute.get() : new Lowered(id, packed.unpack());
        });
  }
}
