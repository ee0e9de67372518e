// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.Series;
import java.util.List;
import java.util.Locale;

/** A line per change, written as soon as it is known: long ranges take long. */
final class SeriesTable implements Series.Listener {
  private final OpenedSeries opened;
  private final ReportOptions options;
  private final Surroundings here;
  private int done;

  SeriesTable(OpenedSeries opened, ReportOptions options, Surroundings here) {
    this.opened = opened;
    this.options = options;
    this.here = here;
  }

  @Override
  public void checked(Series.Step step) {
    if (done++ == 0) {
      line(opened.noun(), "introduced", "cured", "title");
    }
    line(
        step.change().name(), count(step.introduced()), count(step.cured()), step.change().title());
  }

  /** Ends the table with what is left. */
  void end(SeriesReport report) throws BadInput {
    here.out().print(report.ending());
    here.out().flush();
    report.printSummary(here);
  }

  private String count(List<Reported> findings) {
    long shown = findings.stream().filter(f -> f.finding().tier().atLeast(options.tier())).count();
    return shown == 0 ? "-" : Long.toString(shown);
  }

  private void line(String name, String introduced, String cured, String title) {
    here.out().printf(Locale.ROOT, "%-12s  %10s  %5s  %s%n", name, introduced, cured, title);
    here.out().flush();
  }
}
