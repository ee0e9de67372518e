// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * SQLite in WAL mode, without a sync at each commit. One connection writes, as SQLite has one writer
 * at a time anyway; each reading thread has its own.
 */
final class SqliteDatabase implements Database {
  private final String url;
  private final Connection writer;
  private final PreparedStatement insert;
  private final int batch;
  private final ThreadLocal<PreparedStatement> select;
  private int pending;

  SqliteDatabase(Path folder, int batch) throws Exception {
    Files.createDirectories(folder);
    this.batch = batch;
    url = "jdbc:sqlite:" + folder.resolve("facts.db");
    writer = connect();
    try (Statement statement = writer.createStatement()) {
      statement.execute("create table if not exists facts (name blob primary key, value blob)");
    }
    writer.setAutoCommit(batch == 1);
    insert = writer.prepareStatement("insert or ignore into facts values (?, ?)");
    select = ThreadLocal.withInitial(this::reader);
  }

  private Connection connect() throws Exception {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout=60000");
      statement.execute("pragma journal_mode=wal");
      statement.execute("pragma synchronous=normal");
      statement.execute("pragma mmap_size=1073741824");
    }
    return connection;
  }

  private PreparedStatement reader() {
    try {
      return connect().prepareStatement("select value from facts where name = ?");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void put(Entry entry) throws Exception {
    insert.setBytes(1, entry.name());
    insert.setBytes(2, entry.value());
    insert.executeUpdate();
    if (batch > 1 && ++pending % batch == 0) {
      writer.commit();
    }
  }

  @Override
  public byte[] get(Entry entry) throws Exception {
    PreparedStatement statement = select.get();
    statement.setBytes(1, entry.name());
    try (ResultSet found = statement.executeQuery()) {
      return found.next() ? found.getBytes(1) : null;
    }
  }

  @Override
  public synchronized void close() throws Exception {
    if (batch > 1) {
      writer.commit();
    }
    writer.close();
  }
}
