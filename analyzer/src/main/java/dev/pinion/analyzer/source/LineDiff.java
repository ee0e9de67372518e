// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffAlgorithm.SupportedAlgorithm;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Which lines of a file were replaced by which. */
public final class LineDiff {
  private LineDiff() {}

  /**
   * Lines {@code oldStart} to {@code oldEnd} became lines {@code start} to {@code end}; counted
   * from 0, ends exclusive, either may be empty.
   */
  public record Edit(int oldStart, int oldEnd, int start, int end) {}

  /** The difference of two contents, as git's histogram algorithm sees it. */
  public static List<Edit> between(byte[] before, byte[] after) {
    List<Edit> edits = new ArrayList<>();
    DiffAlgorithm.getAlgorithm(SupportedAlgorithm.HISTOGRAM)
        .diff(RawTextComparator.DEFAULT, new RawText(before), new RawText(after))
        .forEach(e -> edits.add(new Edit(e.getBeginA(), e.getEndA(), e.getBeginB(), e.getEndB())));
    return edits;
  }
}
