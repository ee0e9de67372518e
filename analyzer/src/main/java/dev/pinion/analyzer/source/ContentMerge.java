// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffAlgorithm.SupportedAlgorithm;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;

/** Merges two changes of one file, as {@code git am -3} does with a patch and a file that moved. */
public final class ContentMerge {
  private ContentMerge() {}

  /**
   * Merges line by line.
   *
   * @param base what both started from
   * @return empty if they change the same lines differently
   */
  public static Optional<byte[]> of(byte[] base, byte[] ours, byte[] theirs) {
    MergeResult<RawText> merged =
        new MergeAlgorithm(DiffAlgorithm.getAlgorithm(SupportedAlgorithm.MYERS))
            .merge(
                RawTextComparator.DEFAULT,
                new RawText(base),
                new RawText(ours),
                new RawText(theirs));
    if (merged.containsConflicts()) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(ours.length);
    try {
      new MergeFormatter()
          .formatMerge(out, merged, List.of("base", "ours", "theirs"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("a byte array does no I/O", e);
    }
    return Optional.of(out.toByteArray());
  }
}
