// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.nio.file.Path;

/** Ours. Values are packed already, so it keeps them plain. */
final class SegmentDatabase implements Database {
  private final FactStore store;

  SegmentDatabase(Path folder) {
    store =
        FactStore.open(
            folder,
            "bench",
            StoreLimit.NONE,
            line -> {
              throw new IllegalStateException(line);
            });
  }

  private static FactKind kind(Entry entry) {
    int code = entry.key().kind();
    return new FactKind(FactKind.tag(code), code & 0xffff, FactKind.Packing.PLAIN);
  }

  @Override
  public void put(Entry entry) {
    store.put(entry.key().id(), kind(entry), entry.value());
  }

  @Override
  public byte[] get(Entry entry) {
    return store.get(entry.key().id(), kind(entry)).orElse(null);
  }

  @Override
  public void close() {
    store.close();
  }
}
