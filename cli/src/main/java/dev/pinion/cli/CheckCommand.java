// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Baseline;
import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.Series;
import dev.pinion.analyzer.engine.SeriesCheck;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pinion check}: what each commit of a range, or each patch of a series, does. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Checks each commit of a range, or each patch from the mail.",
      "Each is checked against what is below it; printed is what it introduces and "
          + "cures. What was there before is never charged to it. Exits with 1 if the "
          + "series as a whole introduces something; what a later patch of it cures again "
          + "does not count. Patches are applied in memory; nothing is written."
    })
final class CheckCommand implements Callable<Integer> {
  private final Surroundings here;

  @Mixin private SeriesOptions seriesOptions = new SeriesOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();
  @Mixin private ReportOptions reportOptions = new ReportOptions();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Findings in FILE are known: neither shown nor a reason to fail.")
  private @Nullable String baseline;

  @Option(
      names = "--summary",
      description =
          "Print a table with a line per commit instead, each as soon as it is known. Started again"
              + " after an interruption, it takes what it had from the store and goes on.")
  private boolean summary;

  @Option(
      names = "--require-version",
      paramLabel = "X.Y.Z",
      description =
          "End if this is another version of Pinion. For callers that remember results by command "
              + "line, as b4 does.")
  private @Nullable String version;

  CheckCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException, CancelledException {
    reportOptions.output(here);
    if (version != null && !version.equals(Version.number())) {
      throw new BadInput(
          "--require-version %s: this is %s; install the one asked for, or change the command"
              .formatted(version, Version.number()));
    }
    if (summary && reportOptions.format() != FormatName.TEXT) {
      throw new BadInput("--summary is a table of text; leave --format out");
    }
    Baseline known = BaselineFile.read(baseline, here);
    RuleSet rules = engineOptions.rulesForChanges();
    try (OpenedSeries opened = seriesOptions.open(engineOptions.storeFolder(here), here)) {
      SeriesReport.requireMails(opened, reportOptions);
      SeriesTable table = new SeriesTable(opened, reportOptions, here);
      Series series = check(opened, rules, summary ? table : Series.Listener.NONE);
      SeriesReport report = new SeriesReport(series, opened, known, rules, reportOptions);
      if (summary) {
        table.end(report);
      } else {
        report.print(here);
      }
      return series.failures().isEmpty()
          ? reportOptions.status(report.surviving())
          : ExitStatus.FAILED;
    }
  }

  private Series check(OpenedSeries opened, RuleSet rules, Series.Listener listener)
      throws BadInput, SourceException, CancelledException {
    ScanRequest request = new ScanRequest(List.of(), rules.ids());
    return engineOptions.run(
        rules.withListenedTo(RuleSet.load()),
        Engine.Trees.MANY,
        here,
        (engine, progress) ->
            new SeriesCheck(
                    engine,
                    rules.patchRules(),
                    opened.history(),
                    request,
                    progress,
                    here.cancellation())
                .check(listener));
  }
}
