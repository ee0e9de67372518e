// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import dev.pinion.cli.report.Status;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Lines as gcc writes them, which vim's quickfix, Emacs' compile and CI matchers read:
 *
 * <pre>
 * drivers/x/y.c:120:2: warning: plain list_del() of 'struct foo.node' [rcu-list-plain-delete]
 * drivers/x/y.c:80:2: note: inserted with list_add_rcu() here
 * </pre>
 */
public final class TextFormat implements ReportFormat {
  private final Style style;
  private final UnaryOperator<String> place;

  /**
   * @param place turns a path from the tree's root into the one to print, so that an editor started
   *     in the same folder finds the file
   */
  public TextFormat(Style style, UnaryOperator<String> place) {
    this.style = style;
    this.place = place;
  }

  @Override
  public void write(Report report, Appendable out) throws IOException {
    for (Item item : report.alerts()) {
      finding(item, out);
    }
    for (Item item : report.with(Status.CURED)) {
      cured(item, out);
    }
    for (Excused excused : report.excused().orElse(List.of())) {
      excused(excused, out);
    }
  }

  private void finding(Item item, Appendable out) throws IOException {
    Finding finding = item.finding();
    String commits =
        item.introducedBy().map(by -> " (introduced by " + by + ")").orElse("")
            + item.curedBy().map(by -> " (cured by " + by + ")").orElse("");
    line(
        finding.location(),
        style.tier(finding.tier()),
        finding.message() + commits + " [" + finding.rule() + "]",
        out);
    related(finding.related(), out);
  }

  /** What is gone is no alarm, and its story has no lines any more. */
  private void cured(Item item, Appendable out) throws IOException {
    Finding finding = item.finding();
    String by = item.curedBy().map(commit -> " by " + commit).orElse("");
    line(
        finding.location(),
        style.note("note"),
        "cured" + by + ": " + finding.message() + " [" + finding.rule() + "]",
        out);
  }

  private void excused(Excused excused, Appendable out) throws IOException {
    line(
        excused.location(),
        style.note("note"),
        "excused in '%s': %s [%s, %s]"
            .formatted(excused.function(), excused.because(), excused.rule(), excused.excuse()),
        out);
    related(excused.related(), out);
  }

  private void related(List<Related> steps, Appendable out) throws IOException {
    for (Related step : steps) {
      line(step.location(), style.note("note"), step.message(), out);
    }
  }

  private void line(Location location, String label, String text, Appendable out)
      throws IOException {
    String at =
        place.apply(location.file()) + ":" + location.line() + ":" + location.column() + ":";
    out.append(style.strong(at)).append(' ').append(label).append(": ").append(text).append('\n');
  }
}
