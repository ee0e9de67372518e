// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import java.util.Map;
import java.util.Optional;

/** What has been found out about the locks of a tree before this program was linked. */
public interface LockKnowledge {
  /** Nothing has. */
  LockKnowledge NONE = Optional::empty;

  /**
   * The table of the tree as it was.
   *
   * @param table its table
   * @param before the facts of the files that are not as they were then, as they were; none for one
   *     that was not there
   */
  record Earlier(LockTable table, Map<String, FileFacts> before) {
    public Earlier {
      before = Map.copyOf(before);
    }
  }

  /** Asked when it is needed first, and again only if that failed. */
  Optional<Earlier> earlier();
}
