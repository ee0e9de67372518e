// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RulePage;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.cli.format.Style;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pinion explain}: a rule's page, or a finding's whole story. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints the page of a rule, or the story of a finding with its source lines.",
      "A finding's ID is in the JSON output of a scan, and its first 4 digits or more will do."
    })
final class ExplainCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "RULE|ID", description = "A rule's id or a finding's.")
  private String subject = "";

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "The store the scan ran with; default: the user's cache folder.")
  private @Nullable String store;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private ForPeople color = ForPeople.AUTO;

  ExplainCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException {
    RuleSet rules = RuleSet.load();
    Optional<Rule> rule = rules.find(subject);
    if (rule.isPresent()) {
      here.out().print(page(rule.get().info(), rules));
      return ExitStatus.OK;
    }
    String id = subject.toLowerCase(Locale.ROOT);
    if (!id.matches("[0-9a-f]{4,64}")) {
      throw new BadInput(
          "'" + subject + "' is neither a rule nor a finding's id; `pinion rules` lists the rules");
    }
    explain(id);
    return ExitStatus.OK;
  }

  private static String page(RuleInfo rule, RuleSet rules) {
    return rules
        .page(rule)
        .map(RulePage::markdown)
        .orElse("# %s\n\n%s\n".formatted(rule.id(), rule.title()));
  }

  private void explain(String id) throws BadInput, SourceException {
    Optional<Path> folder = StoreFolder.of(Optional.ofNullable(store), here);
    if (folder.isEmpty()) {
      throw new BadInput(
          "without a store no scan is remembered; scan and explain with --store DIR");
    }
    LastScan.Found found =
        LastScan.find(id, folder.get())
            .orElseThrow(
                () ->
                    new BadInput(
                        "no finding '%s' in the scans remembered in %s; run `pinion scan` first"
                            .formatted(subject, folder.get())));
    Style style = color.on(here.outTerminal()) ? Style.ANSI : Style.PLAIN;
    try (ScannedSource source = ScannedSource.open(found.scan())) {
      FindingStory story = new FindingStory(found.finding(), source, style);
      here.out().print(story.text());
      source
          .changed()
          .forEach(
              file ->
                  here.err()
                      .println(
                          "pinion: "
                              + file
                              + " has changed since the scan; its lines may not fit"));
    }
  }
}
