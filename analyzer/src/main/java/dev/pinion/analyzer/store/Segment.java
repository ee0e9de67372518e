// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A segment as it was when it was opened, mapped into memory. Whole files only come and go, so the
 * bytes under a mapping stay.
 *
 * @param file where it is
 * @param bytes all of it
 * @param table of its frames
 * @param state how it was found
 */
record Segment(Path file, ByteBuffer bytes, FrameTable table, State state) {
  /** Begins every segment; the last digit is the version of the format. */
  static final long MARK = 0x50494e46_41435432L; // "PINFACT2"

  static final int HEADER = Long.BYTES;

  /** How a segment was found. */
  enum State {
    /** Its process ended well. */
    SEALED,
    /** All its frames are whole, but no table ends it. */
    OPEN,
    /** It ends in the beginning of a frame: that is being written, or its process was killed. */
    CUT,
    /** Frames are followed by something else. */
    TORN
  }

  /** Opens a segment. One that is no segment at all is torn and empty. */
  static Segment open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return of(file, channel);
    }
  }

  /** The segment in a file, read through a channel that stays open. */
  static Segment of(Path file, FileChannel channel) throws IOException {
    long size = Math.min(channel.size(), Integer.MAX_VALUE);
    ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    try {
      return of(file, bytes);
    } catch (InternalError e) { // What a disk error under a mapping comes out as.
      throw new IOException("the disk cannot read " + file.getFileName(), e);
    }
  }

  private static Segment of(Path file, ByteBuffer bytes) {
    if (bytes.limit() < HEADER) {
      return new Segment(file, bytes, FrameTable.of(Map.of()), beginning(bytes));
    }
    if (bytes.getLong(0) != MARK) {
      return new Segment(file, bytes, FrameTable.of(Map.of()), State.TORN);
    }
    Optional<FrameTable> table = FrameTable.endOf(bytes);
    return table.isPresent()
        ? new Segment(file, bytes, table.get(), State.SEALED)
        : scan(file, bytes);
  }

  /** What there is of a header. */
  private static State beginning(ByteBuffer bytes) {
    ByteBuffer mark = ByteBuffer.allocate(HEADER).putLong(MARK).flip();
    boolean isMark = bytes.mismatch(mark) == bytes.limit();
    return bytes.limit() == 0 ? State.OPEN : isMark ? State.CUT : State.TORN;
  }

  private static Segment scan(Path file, ByteBuffer bytes) {
    Map<FactKey, Long> offsets = new HashMap<>();
    long end = HEADER;
    Optional<Frame> frame = Frame.at(bytes, end);
    while (frame.isPresent() && !FrameTable.isTable(frame.get())) {
      offsets.put(frame.get().key(), end);
      end += frame.get().length();
      frame = Frame.at(bytes, end);
    }
    return new Segment(file, bytes, FrameTable.of(offsets), end(bytes, end));
  }

  /** What is behind the last frame of a segment that has no table that can be used. */
  private static State end(ByteBuffer bytes, long end) {
    if (end == bytes.limit()) {
      return State.OPEN;
    }
    boolean cut =
        Frame.at(bytes, end).isPresent()
            ? FrameTable.isCutOff(bytes, end)
            : Frame.isCutOff(bytes, end);
    return cut ? State.CUT : State.TORN;
  }

  /**
   * Whether it was left behind torn. One that is being written may look so, and since it was opened
   * its process may have ended it well, or another may have merged it.
   */
  boolean isLeftTorn() {
    if (state != State.TORN) {
      return false;
    }
    try (FileClaim claim = FileClaim.of(file).orElse(null)) {
      return claim != null && claim.segment().state() == State.TORN;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true; // It cannot be written, so nobody does.
    }
  }

  /** Whether it has, or once had, a frame of this key. */
  boolean has(BlobId id, int kind) {
    return table.find(id, kind) >= 0;
  }

  /** The undamaged frame of a row of the table. */
  Optional<Frame> frame(int row) {
    try {
      return Frame.at(bytes, table.offset(row)).filter(Frame::isIntact);
    } catch (InternalError e) { // What a disk error under a mapping comes out as.
      return Optional.empty();
    }
  }

  /** What the frame of a row takes on disk, its row included; without reading it. */
  long cost(int row) {
    return (long) FrameTable.ROW + Frame.at(bytes, table.offset(row)).map(Frame::length).orElse(0);
  }

  long size() {
    return bytes.limit();
  }
}
