// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps segments few: puts the frames of some into a new one and then deletes those. A process
 * killed in the midst of it leaves frames twice, never none.
 */
final class SegmentMerge {
  /** More sealed segments than this are too many to search. */
  static final int MANY = 8;

  private static final String UNFINISHED = ".merging";
  private static final long MAX_SIZE = 1L << 29;

  private SegmentMerge() {}

  /** Merges what there is to merge, unless another process is at it. */
  static void run(SegmentFolder folder) throws IOException {
    Optional<FileClaim> claim = FileClaim.create(folder.path().resolve("merge.lock"));
    if (claim.isEmpty()) {
      return;
    }
    List<FileClaim> claims = new ArrayList<>(List.of(claim.get()));
    try {
      deleteUnfinished(folder);
      List<Segment> chosen = choose(folder, claims);
      if (!chosen.isEmpty()) {
        merge(folder, chosen);
      }
    } finally {
      for (FileClaim held : claims) {
        held.close();
      }
    }
  }

  private static void deleteUnfinished(SegmentFolder folder) throws IOException {
    for (Path file : SegmentFolder.list(folder.path(), "*" + UNFINISHED)) {
      Files.deleteIfExists(file);
    }
  }

  /** All that dead processes left, and of many sealed ones the small ones. */
  private static List<Segment> choose(SegmentFolder folder, List<FileClaim> claims)
      throws IOException {
    List<Segment> sealed = new ArrayList<>();
    List<Segment> chosen = new ArrayList<>();
    for (Segment segment : folder.segments()) {
      if (segment.state() == Segment.State.SEALED) {
        sealed.add(segment);
        continue;
      }
      Optional<FileClaim> claim = FileClaim.of(segment.file());
      if (claim.isPresent()) {
        claims.add(claim.get());
        chosen.add(Segment.open(segment.file())); // Its writer may just have added to it.
      }
    }
    if (sealed.size() > MANY) {
      chosen.addAll(smallest(sealed));
    }
    return chosen;
  }

  /**
   * The smallest at least two, and further ones as long as they are not much larger than all
   * before: so a byte is copied about as often as the logarithm of the store's size says, not in
   * each merge.
   */
  private static List<Segment> smallest(List<Segment> segments) {
    segments.sort(Comparator.comparingLong(Segment::size));
    List<Segment> chosen = new ArrayList<>();
    long sum = 0;
    for (Segment segment : segments) {
      boolean worthwhile = chosen.size() < 2 || segment.size() <= 2 * sum;
      if (!worthwhile || sum + segment.size() > MAX_SIZE) {
        break;
      }
      chosen.add(segment);
      sum += segment.size();
    }
    return chosen.size() < 2 ? List.of() : chosen;
  }

  private static void merge(SegmentFolder folder, List<Segment> segments) throws IOException {
    SegmentWriter merged = SegmentWriter.create(folder.path(), UNFINISHED);
    try (merged) {
      for (Segment segment : segments) {
        for (Iterator<Frame> frames = segment.frames().iterator(); frames.hasNext(); ) {
          merged.append(frames.next());
        }
      }
      merged.seal();
      merged.force(); // What is deleted next may be on the disk already, so this must be.
      Files.move(
          merged.path(),
          Path.of(merged.path() + SegmentFolder.SUFFIX),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(merged.path());
      throw e;
    }
    for (Segment segment : segments) {
      Files.deleteIfExists(segment.file());
    }
  }
}
