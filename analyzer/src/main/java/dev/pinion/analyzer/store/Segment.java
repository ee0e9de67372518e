// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
  static final long MARK = 0x50494e46_41435431L; // "PINFACT1"

  static final int HEADER = Long.BYTES;

  /** How a segment was found. */
  enum State {
    /** Its process ended well. */
    SEALED,
    /** All its frames are whole, but no table ends it. */
    OPEN,
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
    if (size < HEADER || bytes.getLong(0) != MARK) {
      State state = size == 0 ? State.OPEN : State.TORN;
      return new Segment(file, bytes, FrameTable.of(Map.of()), state);
    }
    Optional<FrameTable> table = FrameTable.endOf(bytes);
    return table.isPresent()
        ? new Segment(file, bytes, table.get(), State.SEALED)
        : scan(file, bytes);
  }

  private static Segment scan(Path file, ByteBuffer bytes) {
    Map<FactKey, Long> offsets = new HashMap<>();
    long end = HEADER;
    Optional<Frame> frame = Frame.at(bytes, end);
    while (frame.isPresent()) {
      offsets.put(frame.get().key(), end);
      end += frame.get().length();
      frame = Frame.at(bytes, end);
    }
    State state = end == bytes.limit() ? State.OPEN : State.TORN;
    return new Segment(file, bytes, FrameTable.of(offsets), state);
  }

  /**
   * Whether it was left behind torn. One that is being written may well end in half a frame, and
   * since it was opened its process may have ended it well, or another may have merged it.
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
  boolean has(FactKey key) {
    return table.find(key) >= 0;
  }

  /** The frame of this key; empty if there is none or it is damaged. */
  Optional<Frame> find(FactKey key) {
    try {
      return Frame.at(bytes, table.find(key)).filter(frame -> frame.key().equals(key));
    } catch (InternalError e) { // What a disk error under a mapping comes out as.
      return Optional.empty();
    }
  }

  /** All frames that are not damaged. */
  Stream<Frame> frames() {
    return table.offsets().mapToObj(offset -> Frame.at(bytes, offset)).flatMap(Optional::stream);
  }

  long size() {
    return bytes.limit();
  }
}
