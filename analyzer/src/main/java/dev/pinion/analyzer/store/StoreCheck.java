// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether all of a store is as it was written.
 *
 * @param entries that were read and whose checksums are right
 * @param bytes of the segments
 * @param damaged segments that are not
 * @param unfinished segments that end in a part of an entry: their process is at it, or was killed.
 *     Nothing that anyone relies on is missing
 * @param unchecked folders of versions that keep facts in another form
 */
public record StoreCheck(
    long entries, long bytes, List<Damage> damaged, List<Path> unfinished, List<Path> unchecked) {
  /**
   * A segment that is damaged.
   *
   * @param segment its file
   * @param what is wrong with it, as the rest of a sentence
   */
  public record Damage(Path segment, String what) {}

  /** Copies what is given. */
  public StoreCheck {
    damaged = List.copyOf(damaged);
    unfinished = List.copyOf(unfinished);
    unchecked = List.copyOf(unchecked);
  }

  /** Reads all of a store. */
  public static StoreCheck run(Path folder) throws IOException {
    long entries = 0;
    long bytes = 0;
    List<Damage> damaged = new ArrayList<>();
    List<Path> unfinished = new ArrayList<>();
    List<Path> unchecked = new ArrayList<>();
    for (Path version : new VersionFolders(folder).all()) {
      if (!VersionFolders.isOfThisForm(version)) {
        unchecked.add(version);
        continue;
      }
      for (Segment segment : new SegmentFolder(version).segments()) {
        int intact = intact(segment);
        entries += intact;
        bytes += segment.size();
        if (segment.isLeftTorn()) {
          damaged.add(new Damage(segment.file(), "is damaged after " + entries(intact)));
        } else if (intact < segment.table().size()) {
          int lost = segment.table().size() - intact;
          damaged.add(
              new Damage(
                  segment.file(),
                  "has %s of %s damaged".formatted(lost, entries(segment.table().size()))));
        } else if (segment.state() == Segment.State.CUT) {
          unfinished.add(segment.file());
        }
      }
    }
    return new StoreCheck(entries, bytes, damaged, unfinished, unchecked);
  }

  private static String entries(int count) {
    return count + (count == 1 ? " entry" : " entries");
  }

  private static int intact(Segment segment) {
    int intact = 0;
    for (int row = 0; row < segment.table().size(); row++) {
      FactKey key = segment.table().key(row);
      if (segment.frame(row).filter(frame -> frame.key().equals(key)).isPresent()) {
        intact++;
      }
    }
    return intact;
  }
}
