// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore. One process has it open at a time. */
final class MvStoreDatabase implements Database {
  /** When what was put is written. */
  enum Commit {
    NOW_AND_THEN,
    EACH
  }

  /** Keys: its own type for arrays of bytes cannot be compared. */
  private static final class Names extends BasicDataType<byte[]> {
    @Override
    public int compare(byte[] a, byte[] b) {
      return Arrays.compareUnsigned(a, b);
    }

    @Override
    public int getMemory(byte[] name) {
      return ByteArrayDataType.INSTANCE.getMemory(name);
    }

    @Override
    public void write(WriteBuffer to, byte[] name) {
      ByteArrayDataType.INSTANCE.write(to, name);
    }

    @Override
    public byte[] read(ByteBuffer from) {
      return ByteArrayDataType.INSTANCE.read(from);
    }

    @Override
    public byte[][] createStorage(int size) {
      return new byte[size][];
    }
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
                .keyType(new Names())
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
