// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactsReader;
import dev.pinion.analyzer.facts.FactsWriter;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.facts.TermIndex;
import dev.pinion.analyzer.source.BlobId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is known of a tree's C files without their facts: which there are, by what they are found,
 * and their ledger.
 */
final class TreeIndex {
  private final Supplier<List<Entry>> files;
  private final int size;
  private final TermIndex terms;

  private TreeIndex(Supplier<List<Entry>> files, int size, TermIndex terms) {
    this.files = files;
    this.size = size;
    this.terms = terms;
  }

  /** One file. */
  record Entry(BlobId id, Ledger.FileRow row) {
    String path() {
      return row.path();
    }
  }

  /**
   * The index of files.
   *
   * @param files in path order
   * @param terms of these files, in the same order
   */
  static TreeIndex of(List<Entry> files, List<int[]> terms) {
    List<Entry> all = List.copyOf(files);
    return new TreeIndex(() -> all, all.size(), TermIndex.of(terms));
  }

  /** The files, in path order. */
  List<Entry> files() {
    return files.get();
  }

  /** How many files there are. */
  int size() {
    return size;
  }

  /** The index of the files' terms, by place in that list. */
  TermIndex terms() {
    return terms;
  }

  List<String> paths() {
    return files().stream().map(Entry::path).toList();
  }

  /** The terms of each file, out of the index; in the order of the files. */
  List<int[]> termsByFile() {
    int[] counts = new int[size];
    terms.forEach((term, file) -> counts[file]++);
    List<int[]> all = new ArrayList<>(counts.length);
    for (int count : counts) {
      all.add(new int[count]);
    }
    int[] next = new int[counts.length];
    terms.forEach((term, file) -> all.get(file)[next[file]++] = term);
    return all;
  }

  byte[] encode() {
    FactsWriter out = new FactsWriter();
    ByteBuffer ids = ByteBuffer.allocate(BlobId.BYTES * size);
    out.list(
        files(),
        entry -> {
          Ledger.write(entry.row(), out);
          entry.id().writeTo(ids);
        });
    byte[] rows = out.toBytes();
    ByteBuffer index = terms.bytes();
    return ByteBuffer.allocate(2 * Integer.BYTES + rows.length + ids.capacity() + index.remaining())
        .putInt(size)
        .putInt(rows.length)
        .put(rows)
        .put(ids.flip())
        .put(index)
        .array();
  }

  static TreeIndex decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int size = in.getInt();
    byte[] rows = new byte[in.getInt()];
    in.get(rows);
    ByteBuffer ids = in.slice(in.position(), size * BlobId.BYTES);
    in.position(in.position() + ids.capacity());
    return new TreeIndex(Lazy.of(() -> files(rows, ids)), size, TermIndex.read(in));
  }

  private static List<Entry> files(byte[] rows, ByteBuffer ids) {
    FactsReader reader = new FactsReader(rows, Sharing.none());
    ByteBuffer in = ids.duplicate();
    List<Ledger.FileRow> all = reader.list(() -> Ledger.row(reader));
    List<Entry> files = new ArrayList<>(all.size());
    for (Ledger.FileRow row : all) {
      files.add(new Entry(BlobId.from(in), row));
    }
    return List.copyOf(files);
  }
}
