// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.CheckedFix;
import dev.pinion.analyzer.engine.EditException;
import dev.pinion.analyzer.engine.FixCheck;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.cli.format.UnifiedDiff;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A diff with fixes that hold alone and all together, and what is not in it. */
final class FixPreview {
  private final byte[] diff;
  private final List<LeftOut> leftOut;

  private FixPreview(byte[] diff, List<LeftOut> leftOut) {
    this.diff = diff;
    this.leftOut = List.copyOf(leftOut);
  }

  /** The diff, from the root of the tree; empty if nothing can be fixed. */
  byte[] diff() {
    return diff.clone();
  }

  /** The findings that the diff does not fix, sorted. */
  List<LeftOut> leftOut() {
    return leftOut;
  }

  /** A finding that the diff does not fix, and why. */
  record LeftOut(Finding finding, String why) {}

  /** Checks the fixes of findings and draws those up that hold. */
  static FixPreview of(List<Reported> findings, FixCheck check, SourceTree tree)
      throws SourceException, CancelledException {
    List<CheckedFix.Offered> offered = new ArrayList<>();
    List<LeftOut> out = new ArrayList<>();
    sort(check.alone(findings), offered, out);
    List<CheckedFix.Offered> together = new ArrayList<>();
    sort(check.together(offered), together, out);
    out.sort(Comparator.comparing(LeftOut::finding));
    return new FixPreview(diff(together, check, tree), out);
  }

  private static void sort(
      List<CheckedFix> fixes, List<CheckedFix.Offered> offered, List<LeftOut> out) {
    for (CheckedFix fix : fixes) {
      if (fix instanceof CheckedFix.Offered right) {
        offered.add(right);
      } else {
        out.add(new LeftOut(fix.finding().finding(), why(fix)));
      }
    }
  }

  private static String why(CheckedFix fix) {
    return fix instanceof CheckedFix.Withdrawn withdrawn
        ? "fix withdrawn: " + withdrawn.why()
        : fix instanceof CheckedFix.Advised advised
            ? "no edit alone is a fix: " + advised.fix().title() + ": " + advised.fix().needs()
            : "";
  }

  private static byte[] diff(List<CheckedFix.Offered> fixes, FixCheck check, SourceTree tree)
      throws SourceException {
    ByteArrayOutputStream diff = new ByteArrayOutputStream();
    try {
      for (Map.Entry<String, byte[]> file : check.edited(fixes).entrySet()) {
        Optional<SourceFile> before = tree.file(file.getKey());
        if (before.isPresent()) {
          byte[] bytes = tree.read(before.get()).bytes();
          diff.writeBytes(UnifiedDiff.of(file.getKey(), bytes, file.getValue()));
        }
      }
    } catch (EditException e) {
      // They did fit when they were checked, a moment ago.
      throw new SourceException("the tree is being changed: " + e.getMessage() + "; scan it again");
    }
    return diff.toByteArray();
  }
}
