// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.nio.file.Path;

/** What a store asks of a database. All but {@link #close} from any thread. */
interface Database extends AutoCloseable {
  /** Keeps a value that survives the death of this process from now on. */
  void put(Entry entry) throws Exception;

  /** The value of the entry's key, or null. */
  byte[] get(Entry entry) throws Exception;

  @Override
  void close() throws Exception;

  /** Which database, and how it is used. */
  enum Sort {
    SEGMENTS,
    /** A transaction for each entry: what is put survives a kill, as in the segments. */
    SQLITE,
    /** A transaction for 1,000 entries: a kill loses the last ones. */
    SQLITE_BATCHED,
    /** Commits when it thinks fit, at least once a second: a kill loses the last ones. */
    MVSTORE,
    /** Commits after each entry. */
    MVSTORE_COMMITTED;

    Database open(Path folder) throws Exception {
      return switch (this) {
        case SEGMENTS -> new SegmentDatabase(folder);
        case SQLITE -> new SqliteDatabase(folder, 1);
        case SQLITE_BATCHED -> new SqliteDatabase(folder, 1000);
        case MVSTORE -> new MvStoreDatabase(folder, MvStoreDatabase.Commit.NOW_AND_THEN);
        case MVSTORE_COMMITTED -> new MvStoreDatabase(folder, MvStoreDatabase.Commit.EACH);
      };
    }
  }
}
