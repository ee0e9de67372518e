// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.Series;
import dev.pinion.analyzer.source.Reason;
import dev.pinion.cli.Surroundings.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A line per change, written as soon as it is known: long ranges take long. */
final class SeriesTable implements Series.Listener {
  private final OpenedSeries opened;
  private final ReportOptions options;
  private final Surroundings here;
  private final Optional<Path> file;
  private Optional<String> failure = Optional.empty();
  private boolean begun;

  /** A new table, on standard output or in the file of {@code --output}. */
  SeriesTable(OpenedSeries opened, ReportOptions options, Surroundings here) throws BadInput {
    this.opened = opened;
    this.options = options;
    this.here = here;
    this.file = options.output(here);
  }

  @Override
  public void checked(Series.Step step) {
    begin();
    line(
        step.change().name(), count(step.introduced()), count(step.cured()), step.change().title());
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException e) {
      fail(e);
    }
    line(opened.noun(), "introduced", "cured", "title");
  }

  /** Ends the table with what is left. */
  void end(SeriesReport report) throws BadInput {
    write(report.ending());
    if (failure.isPresent()) {
      throw new BadInput(failure.get());
    }
    report.printSummary(here);
  }

  private String count(List<Reported> findings) {
    long shown = findings.stream().filter(f -> f.finding().tier().atLeast(options.tier())).count();
    return shown == 0 ? "-" : Long.toString(shown);
  }

  private void line(String name, String introduced, String cured, String title) {
    write(String.format(Locale.ROOT, "%-12s  %10s  %5s  %s\n", name, introduced, cured, title));
  }

  private void write(String text) {
    if (file.isPresent()) {
      append(file.get(), text);
      return;
    }
    if (here.errTerminal() == Terminal.YES) {
      here.err().print("\r\u001b[K"); // Else the line would begin in the middle of the bar.
    }
    here.out().print(text);
    here.out().flush();
  }

  private void append(Path to, String text) {
    try {
      Files.writeString(to, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      fail(e);
    }
  }

  /** The check goes on: what it finds is kept in the store. */
  private void fail(IOException e) {
    failure =
        Optional.of(
            "--output "
                + file.map(Path::toString).orElse("")
                + ": cannot be written: "
                + Reason.of(e));
  }
}
