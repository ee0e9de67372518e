// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An entry of a real store, its value as it is on disk: deflated where that made it smaller. */
record Entry(FactKey key, byte[] value) {
  /** The first entries of the only version in a store, sorted by key. */
  static List<Entry> of(Path store, int most) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path version : new VersionFolders(store).all()) {
      for (Segment segment : new SegmentFolder(version).segments()) {
        IntStream.range(0, Math.min(most - entries.size(), segment.table().size()))
            .forEach(row -> segment.frame(row).ifPresent(frame -> entries.add(of(frame))));
      }
    }
    return entries;
  }

  private static Entry of(Frame frame) {
    byte[] value = new byte[frame.payload().remaining()];
    frame.payload().get(value);
    return new Entry(frame.key(), value);
  }

  /** The key as bytes. */
  byte[] name() {
    ByteBuffer bytes = ByteBuffer.allocate(24);
    key.id().writeTo(bytes);
    return bytes.putInt(key.kind()).array();
  }
}
