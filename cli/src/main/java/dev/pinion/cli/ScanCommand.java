// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Baseline;
import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.FixCheck;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import dev.pinion.cli.report.Status;
import dev.pinion.cli.report.TreeName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pinion scan}: all findings of a tree. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Scans a kernel tree, a part of one, or any folder of C.")
final class ScanCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(
      paramLabel = "PATH",
      description = "What to report on; the tree around it gives the context. Default: .")
  private List<String> paths = List.of();

  @Mixin private TreeOptions treeOptions = new TreeOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();
  @Mixin private ReportOptions reportOptions = new ReportOptions();
  @Mixin private FixOptions fixOptions = new FixOptions();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Findings in FILE are known: neither shown nor a reason to fail.")
  private @Nullable String baseline;

  @Option(
      names = "--write-baseline",
      paramLabel = "FILE",
      description = "Write all findings to FILE and accept them.")
  private @Nullable String writeBaseline;

  @Option(
      names = "--show-excused",
      description = "Also print the candidates that are not reported, and why.")
  private boolean showExcused;

  ScanCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException, CancelledException {
    reportOptions.output(here);
    fixOptions.require(reportOptions.format());
    Optional<String> kernelVersion = treeOptions.kernelVersion();
    Baseline known = BaselineFile.read(baseline, here);
    RuleSet rules = engineOptions.rules();
    try (TreeOptions.Opened opened =
        treeOptions.open(paths, engineOptions.storeFolder(here), here)) {
      Scanned scanned = scan(opened, rules, known);
      ScanResult result = scanned.result();
      if (writeBaseline != null) {
        known = BaselineFile.write(result.findings(), here.resolve(writeBaseline));
        if (!reportOptions.format().isForMachines()) {
          here.err()
              .printf(
                  "pinion: %s: %s written as the baseline, of all tiers%n",
                  writeBaseline, ReportOptions.count(result.findings().size(), "finding"));
        }
      }
      TreeName name = TreeNames.of(opened.tree(), kernelVersion);
      Texts texts = new Texts(opened.tree());
      Report report = report(scanned, opened.tree(), name, known, rules, texts);
      if (scanned.preview().isPresent()) {
        print(scanned.preview().get(), opened.folder());
      } else {
        reportOptions.write(report, rules, opened.folder(), here);
      }
      LastScan.save(result.findings(), opened, engineOptions.storeFolder(here), here);
      Summary.print(report, result, reportOptions, here);
      return result.failures().isEmpty()
          ? reportOptions.status(report.alerts())
          : ExitStatus.FAILED;
    }
  }

  private Scanned scan(TreeOptions.Opened opened, RuleSet rules, Baseline known)
      throws BadInput, SourceException, CancelledException {
    ScanRequest request = new ScanRequest(opened.paths(), rules.ids());
    SourceTree tree = opened.tree();
    return engineOptions.run(
        fixOptions.needed(rules),
        fixOptions.trees(),
        here,
        (engine, progress) -> {
          ScanResult result = engine.scan(tree, request, progress, here.cancellation());
          FixCheck check = new FixCheck(engine, tree, progress, here.cancellation());
          return Scanned.of(result, shown(result, tree, known), fixOptions, check, tree);
        });
  }

  /** What the report raises an alarm over; nothing if all of it is about to be accepted. */
  private List<Reported> shown(ScanResult result, SourceTree tree, Baseline known) {
    if (writeBaseline != null) {
      return List.of();
    }
    Set<String> accepted = known.accepted(result.findings(), tree);
    return result.findings().stream()
        .filter(reported -> reported.finding().tier().atLeast(reportOptions.tier()))
        .filter(reported -> !accepted.contains(reported.fingerprint()))
        .toList();
  }

  private void print(FixPreview preview, Optional<Path> folder) throws BadInput {
    reportOptions.print(preview.diff(), here);
    for (FixPreview.LeftOut one : preview.leftOut()) {
      Location at = one.finding().location();
      here.err()
          .printf(
              "pinion: %s:%d: %s [%s]%n",
              Places.typed(folder, at.file(), here), at.line(), one.why(), one.finding().rule());
    }
  }

  private Report report(
      Scanned scanned, SourceTree tree, TreeName name, Baseline known, RuleSet rules, Texts texts) {
    ScanResult result = scanned.result();
    Set<String> accepted = known.accepted(result.findings(), tree);
    List<Item> items =
        result.findings().stream()
            .filter(reported -> reported.finding().tier().atLeast(reportOptions.tier()))
            .map(reported -> scanned.with(item(reported, accepted, texts)))
            .toList();
    Optional<List<Excused>> excused =
        showExcused ? Optional.of(result.excused()) : Optional.empty();
    return new Report(
        Version.number(),
        name,
        items,
        excused,
        result.coverage(),
        result.failures(),
        rules.infos());
  }

  private static Item item(Reported reported, Set<String> accepted, Texts texts) {
    return Item.of(
        reported,
        texts.extent(reported.finding().location()),
        accepted.contains(reported.fingerprint()) ? Status.EXISTING : Status.NEW);
  }
}
