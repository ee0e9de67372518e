// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The segments that are to become one: all that dead processes left, and of many sealed ones the
 * small ones. Until this is closed nobody can begin to write to one of them.
 *
 * @param segments that no process writes
 * @param claims on those of them that are not sealed
 */
record MergeChoice(List<Segment> segments, List<FileClaim> claims) implements AutoCloseable {
  /** More sealed segments than this are too many to search. */
  static final int MANY = 8;

  /** Segments are mapped into memory whole, and Java maps no more than 2 GiB at once. */
  private static final long MAX_SIZE = 1L << 29;

  MergeChoice {
    segments = List.copyOf(segments);
    claims = List.copyOf(claims);
  }

  /** Chooses; only while no other process does. */
  static MergeChoice of(SegmentFolder folder) throws IOException {
    List<FileClaim> claims = new ArrayList<>();
    try {
      return new MergeChoice(choose(folder.segments(), claims), claims);
    } catch (IOException e) {
      release(claims);
      throw e;
    }
  }

  private static List<Segment> choose(List<Segment> segments, List<FileClaim> claims)
      throws IOException {
    List<Segment> sealed = new ArrayList<>();
    List<Segment> chosen = new ArrayList<>();
    long sum = 0;
    for (Segment segment : segments) {
      if (segment.state() == Segment.State.SEALED) {
        sealed.add(segment);
        continue;
      }
      Optional<FileClaim> claim =
          sum + segment.size() > MAX_SIZE ? Optional.empty() : FileClaim.of(segment.file());
      if (claim.isPresent()) {
        claims.add(claim.get());
        chosen.add(claim.get().segment()); // Its writer may just have added to it.
        sum += segment.size();
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

  @Override
  public void close() throws IOException {
    release(claims);
  }

  private static void release(List<FileClaim> claims) throws IOException {
    for (FileClaim claim : claims) {
      claim.close();
    }
  }
}
