// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * A segment that this process reads, and what it has read of it.
 *
 * @param segment as it was opened
 * @param used its frames that were asked for
 */
record SearchedSegment(Segment segment, UsedRows used) {
  SearchedSegment(Segment segment) {
    this(segment, new UsedRows(segment.table().size()));
  }

  /** The undamaged frame of a key, which from now on is used. */
  Optional<Frame> find(BlobId id, int kind) {
    int row = segment.table().find(id, kind);
    if (row < 0) {
      return Optional.empty();
    }
    used.add(row);
    return segment.frame(row).filter(frame -> frame.isOf(id, kind));
  }

  /**
   * Notes for other processes what was asked for; at most once an hour there is something to write.
   */
  void keepUses(int hour) throws IOException {
    // Rows of one that is not sealed become others when it is; of one that is gone there are none.
    if (!used.any() || segment.state() != Segment.State.SEALED || !Files.exists(segment.file())) {
      return;
    }
    LastUses before = LastUses.of(segment);
    LastUses now = before.and(used, hour);
    if (now != before) {
      now.keepFor(segment.file());
    }
  }
}
