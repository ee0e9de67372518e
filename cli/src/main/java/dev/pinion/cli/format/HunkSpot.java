// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.patch.FilePatch;
import dev.pinion.analyzer.patch.Hunk;
import dev.pinion.analyzer.patch.Hunk.Sign;
import dev.pinion.analyzer.patch.Patch;
import dev.pinion.analyzer.rule.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A line of a patch, to write a comment below.
 *
 * @param file number of the file in the patch, from 0
 * @param hunk number of the hunk in the file
 * @param line number of the line in the hunk
 */
record HunkSpot(int file, int hunk, int line) implements Comparable<HunkSpot> {
  /** Nowhere: the patch has no line that the finding speaks of. */
  static final HunkSpot NONE = new HunkSpot(-1, -1, -1);

  private static final Comparator<HunkSpot> ORDER =
      Comparator.comparing(HunkSpot::file)
          .thenComparing(HunkSpot::hunk)
          .thenComparing(HunkSpot::line);

  /** A line and how far it is from where it was looked for. */
  private record Near(HunkSpot spot, int distance) {}

  /**
   * The line of a patch that a finding is about: the first of its story that the patch adds, else
   * the nearest one that the patch touches.
   *
   * @param after the lines of a file after the patch; they may sit elsewhere than the patch says
   */
  static HunkSpot of(Finding finding, Patch patch, Function<String, List<String>> after) {
    List<Location> story = new ArrayList<>(List.of(finding.location()));
    finding.related().forEach(step -> story.add(step.location()));
    for (Location at : story) {
      List<String> lines = after.apply(at.file());
      if (at.line() <= lines.size()) {
        Optional<Near> added = nearest(patch, at, Optional.of(lines.get(at.line() - 1)));
        if (added.isPresent()) {
          return added.get().spot();
        }
      }
    }
    for (Location at : story) {
      Optional<Near> touched = nearest(patch, at, Optional.empty());
      if (touched.isPresent()) {
        return touched.get().spot();
      }
    }
    return NONE;
  }

  /**
   * The nearest line of the patch in that file.
   *
   * @param added only lines that the patch adds with this text; empty for any line but context
   */
  private static Optional<Near> nearest(Patch patch, Location at, Optional<String> added) {
    List<Near> found = new ArrayList<>();
    for (int f = 0; f < patch.files().size(); f++) {
      FilePatch file = patch.files().get(f);
      if (!file.name().equals(at.file())) {
        continue;
      }
      for (int h = 0; h < file.hunks().size(); h++) {
        Hunk hunk = file.hunks().get(h);
        int number = hunk.newStart();
        for (int l = 0; l < hunk.lines().size(); l++) {
          Hunk.Line line = hunk.lines().get(l);
          boolean fits =
              added.isPresent()
                  ? line.sign() == Sign.ADDED && text(line).equals(added.get())
                  : line.sign() != Sign.CONTEXT;
          if (fits) {
            found.add(new Near(new HunkSpot(f, h, l), Math.abs(number - at.line())));
          }
          number += line.sign() == Sign.REMOVED ? 0 : 1;
        }
      }
    }
    return found.stream().min(Comparator.comparing(Near::distance).thenComparing(Near::spot));
  }

  private static String text(Hunk.Line line) {
    return new String(line.text().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
        .replaceAll("\\r?\\n$", "");
  }

  @Override
  public int compareTo(HunkSpot other) {
    return ORDER.compare(this, other);
  }
}
