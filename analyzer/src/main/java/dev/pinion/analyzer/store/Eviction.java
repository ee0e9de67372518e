// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Makes a folder smaller by the frames that were not asked for the longest. Segments that lose none
 * stay as they are; others are written again without them, one after the other, so that there has
 * to be room on the disk for one. Among frames last used in the same hour those of older segments
 * go, and of one segment those of earlier rows, which is chance, as rows are sorted by hash.
 *
 * <p>Costs the reading and writing of what stays in segments that lose something, and in memory a
 * number for each hour.
 */
final class Eviction {
  /** What is evicted: all of earlier hours, and of this one so many bytes. */
  private record Cut(int hour, long bytes) {}

  /** What was evicted. */
  record Evicted(long frames, long bytes) {}

  private final Cut cut;
  private long left;
  private long frames;
  private long bytes;

  private Eviction(Cut cut) {
    this.cut = cut;
    this.left = cut.bytes();
  }

  /**
   * Evicts what there is too much; only while no other process merges or evicts.
   *
   * @param room for all the folder's files, in bytes. What processes are writing now is counted,
   *     but stays
   */
  static Evicted run(SegmentFolder folder, long room) throws IOException {
    List<Segment> sealed = new ArrayList<>();
    long size = 0;
    for (Segment segment : folder.segments()) {
      size += segment.size() + (long) Integer.BYTES * segment.table().size() + Long.BYTES;
      if (segment.state() == Segment.State.SEALED) {
        sealed.add(segment);
      }
    }
    if (size <= room) {
      return new Evicted(0, 0);
    }
    sortByAge(sealed);
    Eviction eviction = new Eviction(cut(sealed, size - room));
    for (Segment segment : sealed) {
      eviction.evictFrom(segment, folder);
    }
    return new Evicted(eviction.frames, eviction.bytes);
  }

  private static void sortByAge(List<Segment> segments) throws IOException {
    Map<Path, FileTime> made = new HashMap<>();
    for (Segment segment : segments) {
      made.put(segment.file(), Files.getLastModifiedTime(segment.file()));
    }
    segments.sort(
        Comparator.comparing((Segment segment) -> made.get(segment.file()))
            .thenComparing(Segment::file));
  }

  private static Cut cut(List<Segment> segments, long surplus) throws IOException {
    NavigableMap<Integer, Long> byHour = new TreeMap<>();
    for (Segment segment : segments) {
      int[] hours = LastUses.of(segment).hours();
      for (int row = 0; row < hours.length; row++) {
        byHour.merge(hours[row], cost(segment, row), Long::sum);
      }
    }
    long left = surplus;
    for (Map.Entry<Integer, Long> hour : byHour.entrySet()) {
      if (hour.getValue() >= left) {
        return new Cut(hour.getKey(), left);
      }
      left -= hour.getValue();
    }
    return new Cut(Integer.MAX_VALUE, 0); // Not even all is enough.
  }

  private static long cost(Segment segment, int row) {
    return segment.cost(row) + Integer.BYTES;
  }

  private void evictFrom(Segment segment, SegmentFolder folder) throws IOException {
    int[] hours = LastUses.of(segment).hours();
    boolean[] kept = new boolean[hours.length];
    boolean losesSome = false;
    for (int row = 0; row < hours.length; row++) {
      kept[row] = isKept(cost(segment, row), hours[row]);
      losesSome |= !kept[row];
    }
    if (losesSome) {
      Rewrite.run(folder, List.of(segment), (same, row) -> kept[row]);
    }
  }

  private boolean isKept(long cost, int lastUsed) {
    if (lastUsed > cut.hour() || (lastUsed == cut.hour() && left <= 0)) {
      return true;
    }
    if (lastUsed == cut.hour()) {
      left -= cost;
    }
    frames++;
    bytes += cost;
    return false;
  }
}
