// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.TextEdit;
import dev.pinion.cli.format.Style;
import java.util.List;

/** A finding told step by step, each step with the lines around it. */
final class FindingStory {
  private static final int CONTEXT = 2;

  private final LastScan.Found found;
  private final ScannedSource source;
  private final Style style;
  private final List<String> excuses;

  /**
   * @param excuses ids of those that the finding's rule knows
   */
  FindingStory(LastScan.Found found, ScannedSource source, Style style, List<String> excuses) {
    this.found = found;
    this.source = source;
    this.style = style;
    this.excuses = List.copyOf(excuses);
  }

  String text() {
    Reported reported = found.finding();
    Finding finding = reported.finding();
    StringBuilder text = new StringBuilder();
    text.append(style.tier(finding.tier())).append(": ").append(finding.message());
    text.append(" [").append(finding.rule()).append("]\n");
    text.append("finding ").append(reported.id());
    if (!finding.function().isEmpty()) {
      text.append(" in ").append(finding.function()).append("()");
    }
    text.append("\ntree ").append(found.scan().tree()).append("\n\n");
    excerpt(style.strong(finding.location() + ":"), finding.location(), text);
    int step = 0;
    for (Related related : finding.related()) {
      step++;
      String title =
          "%d. %s %s"
              .formatted(
                  step, style.strong(related.location() + ":"), style.note(related.message()));
      excerpt(title, related.location(), text);
    }
    finding.fixes().forEach(fix -> fix(fix, finding.location().file(), text));
    if (!excuses.isEmpty()) {
      text.append("No excuse of the rule was proved: ").append(String.join(", ", excuses));
      text.append('\n');
    }
    text.append("The rule: pinion explain ").append(finding.rule()).append('\n');
    return text.toString();
  }

  /** Nobody has checked it yet, and it says so. */
  private static void fix(Fix fix, String file, StringBuilder text) {
    text.append("Fix proposed: ").append(fix.title()).append('\n');
    for (TextEdit edit : fix.edits()) {
      text.append("  %s: %s → %s%n".formatted(edit.at(), edit.before(), edit.after()));
    }
    text.append(
        fix.isComplete()
            ? "  pinion scan " + file + " --fix-preview checks it and prints the diff\n\n"
            : "  not by an edit alone: " + fix.needs() + "\n\n");
  }

  private void excerpt(String title, Location location, StringBuilder text) {
    text.append(title).append('\n');
    List<String> lines = source.lines(location.file());
    int last = Math.min(lines.size(), location.line() + CONTEXT);
    for (int line = Math.max(1, location.line() - CONTEXT); line <= last; line++) {
      String mark = line == location.line() ? ">" : " ";
      String row = "%s %6d | %s".formatted(mark, line, lines.get(line - 1)).stripTrailing();
      text.append(line == location.line() ? row : style.faint(row)).append('\n');
    }
    text.append('\n');
  }
}
