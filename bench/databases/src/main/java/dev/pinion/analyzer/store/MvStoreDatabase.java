// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore. One process has it open at a time. */
final class MvStoreDatabase implements Database {
  /** When what was put is written. */
  enum Commit {
    NOW_AND_THEN,
    EACH
  }

  private final MVStore store;
  private final MVMap<byte[], byte[]> map;
  private final Commit commit;

  MvStoreDatabase(Path folder, Commit commit) throws Exception {
    Files.createDirectories(folder);
    this.commit = commit;
    store = new MVStore.Builder().fileName(folder.resolve("facts.mv").toString()).open();
    map =
        store.openMap(
            "facts",
            new MVMap.Builder<byte[], byte[]>()
                .keyType(ByteArrayDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
  }

  @Override
  public void put(Entry entry) {
    map.putIfAbsent(entry.name(), entry.value());
    if (commit == Commit.EACH) {
      store.commit();
    }
  }

  @Override
  public byte[] get(Entry entry) {
    return map.get(entry.name());
  }

  @Override
  public void close() {
    store.close();
  }
}
