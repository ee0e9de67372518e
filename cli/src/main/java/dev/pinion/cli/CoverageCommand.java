// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.cli.format.CoverageJson;
import dev.pinion.cli.format.Json;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pinion coverage}: what was not analysed, and why. */
@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints what of a tree was not analysed, and why.")
final class CoverageCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "PATH", description = "What to report on. Default: .")
  private List<String> paths = List.of();

  @Mixin private TreeOptions treeOptions = new TreeOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();

  /** What the ledger can be had as. */
  enum LedgerFormat {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private LedgerFormat format = LedgerFormat.TEXT;

  @Option(names = "--all", description = "List every place, not only the first ones.")
  private boolean all;

  @Option(
      names = "--at-least",
      paramLabel = "PERCENT",
      description = "Exit with 1 if a smaller share of the functions was analysed.")
  private @Nullable Double atLeast;

  CoverageCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException, CancelledException {
    if (atLeast != null && !(atLeast >= 0 && atLeast <= 100)) {
      throw new BadInput("--at-least " + atLeast + ": give a percentage from 0 to 100");
    }
    try (TreeOptions.Opened opened =
        treeOptions.open(paths, engineOptions.storeFolder(here), here)) {
      Coverage coverage = measure(opened);
      here.out()
          .print(
              switch (format) {
                case TEXT ->
                    CoverageText.of(
                        coverage,
                        all ? CoverageText.Entries.ALL : CoverageText.Entries.SOME,
                        path -> Places.typed(opened.folder(), path, here));
                case JSON -> json(coverage);
              });
      return status(coverage);
    }
  }

  private Coverage measure(TreeOptions.Opened opened)
      throws BadInput, SourceException, CancelledException {
    RuleSet rules = engineOptions.rules();
    ScanRequest request = new ScanRequest(opened.paths(), rules.ids());
    return engineOptions.run(
        rules,
        here,
        (engine, progress) ->
            engine.coverage(opened.tree(), request, progress, here.cancellation()));
  }

  private static String json(Coverage coverage) {
    return Json.text(json -> CoverageJson.write(coverage, List.of(), json));
  }

  private int status(Coverage coverage) {
    if (atLeast == null || coverage.share() * 100 >= atLeast) {
      return ExitStatus.OK;
    }
    here.err()
        .println(
            String.format(
                Locale.ROOT,
                "pinion: %s: less than the %s %% asked for",
                Summary.functions(coverage),
                atLeast));
    return ExitStatus.FINDINGS;
  }
}
