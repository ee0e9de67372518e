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

/**
 * What is known of a tree's C files without their facts: which there are, by what they are found,
 * and their ledger.
 *
 * @param files in path order
 * @param terms the index of their terms, by place in that list
 */
record TreeIndex(List<Entry> files, TermIndex terms) {
  TreeIndex {
    files = List.copyOf(files);
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
    return new TreeIndex(files, TermIndex.of(terms));
  }

  List<String> paths() {
    return files.stream().map(Entry::path).toList();
  }

  /** The terms of each file, out of the index; in the order of the files. */
  List<int[]> termsByFile() {
    int[] counts = new int[files.size()];
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
    ByteBuffer ids = ByteBuffer.allocate(BlobId.BYTES * files.size());
    out.list(
        files,
        entry -> {
          Ledger.write(entry.row(), out);
          entry.id().writeTo(ids);
        });
    byte[] rows = out.toBytes();
    ByteBuffer index = terms.bytes();
    return ByteBuffer.allocate(Integer.BYTES + rows.length + ids.capacity() + index.remaining())
        .putInt(rows.length)
        .put(rows)
        .put(ids.flip())
        .put(index)
        .array();
  }

  static TreeIndex decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] rows = new byte[in.getInt()];
    in.get(rows);
    FactsReader reader = new FactsReader(rows, Sharing.none());
    List<Ledger.FileRow> all = reader.list(() -> Ledger.row(reader));
    List<Entry> files = new ArrayList<>(all.size());
    for (Ledger.FileRow row : all) {
      files.add(new Entry(BlobId.from(in), row));
    }
    return new TreeIndex(files, TermIndex.read(in));
  }
}
