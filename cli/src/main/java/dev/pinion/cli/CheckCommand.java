// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.Series;
import dev.pinion.analyzer.engine.SeriesCheck;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.CommitRange;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.cli.report.Item;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pinion check}: what each commit of a range introduces and cures. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Checks each commit of A..B against its parent and prints what it introduces and cures.",
      "What was there before is never charged to it. Exits with 1 if the range as a whole",
      "introduces something; what a later commit of it cures again does not count."
    })
final class CheckCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "A..B", description = "The commits that B has and A has not.")
  private String range = "";

  @Option(
      names = "--git",
      paramLabel = "REPO",
      defaultValue = ".",
      description = "The repository, bare or not; default: the one around the current folder.")
  private String git = ".";

  @Mixin private EngineOptions engineOptions = new EngineOptions();
  @Mixin private ReportOptions reportOptions = new ReportOptions();

  CheckCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException, CancelledException {
    reportOptions.output(here);
    RuleSet rules = engineOptions.rules();
    try (GitRepository repository = GitRepository.open(here.resolve(git))) {
      CommitRange commits = CommitRange.resolve(repository, range);
      Series series = check(commits, repository, rules);
      SeriesReport report = new SeriesReport(series, commits, repository, rules, reportOptions);
      report.print(here);
      List<Item> surviving = report.surviving();
      return series.failures().isEmpty() ? reportOptions.status(surviving) : ExitStatus.FAILED;
    }
  }

  private Series check(CommitRange commits, GitRepository repository, RuleSet rules)
      throws BadInput, SourceException, CancelledException {
    ScanRequest request = new ScanRequest(List.of(), rules.ids());
    return engineOptions.run(
        rules,
        Engine.Trees.MANY,
        here,
        (engine, progress) ->
            new SeriesCheck(engine, repository, request, progress, here.cancellation())
                .check(commits));
  }
}
