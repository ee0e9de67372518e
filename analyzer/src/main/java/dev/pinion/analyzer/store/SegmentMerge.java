// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps segments few: puts all frames of some into a new one. */
final class SegmentMerge {
  private SegmentMerge() {}

  /** Merges what there is to merge; only while no other process does. */
  static void run(SegmentFolder folder) throws IOException {
    deleteUnfinished(folder);
    try (MergeChoice choice = MergeChoice.of(folder)) {
      if (!choice.segments().isEmpty()) {
        Rewrite.run(folder, choice.segments(), (segment, row) -> true);
      }
    }
  }

  private static void deleteUnfinished(SegmentFolder folder) throws IOException {
    for (Path file : SegmentFolder.list(folder.path(), "*" + Rewrite.UNFINISHED)) {
      Files.deleteIfExists(file);
    }
    for (Path file : SegmentFolder.list(folder.path(), "*" + Notes.UNFINISHED)) {
      Files.deleteIfExists(file);
    }
    for (Path file : SegmentFolder.list(folder.path(), "*" + LastUses.UNFINISHED)) {
      Files.deleteIfExists(file); // If it is being written, what it says goes to waste, no more.
    }
    Set<Path> belonging =
        folder.files().stream().map(LastUses::file).collect(Collectors.toUnmodifiableSet());
    for (Path file : SegmentFolder.list(folder.path(), "*" + LastUses.SUFFIX)) {
      if (!belonging.contains(file)) {
        Files.deleteIfExists(file);
      }
    }
  }
}
