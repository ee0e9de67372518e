// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RulePage;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.cli.format.Style;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
      "A finding's ID is in the JSON output of a scan, and its first 4 digits or more "
          + "will do; its place as the text output shows it will do as well."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final Pattern PLACE = Pattern.compile("(.+?):(\\d+)(?::\\d+)?:?");

  private final Surroundings here;

  @Parameters(
      paramLabel = "RULE|ID|FILE:LINE",
      description = "A rule's id, a finding's id or its place.")
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
    Optional<RuleInfo> rule = rules.find(subject);
    if (rule.isPresent()) {
      here.out().print(page(rule.get(), rules));
      return ExitStatus.OK;
    }
    explain(wanted(rules), rules);
    return ExitStatus.OK;
  }

  /** Tells which finding the user means. */
  private BiPredicate<LastScan, Reported> wanted(RuleSet rules) throws BadInput {
    String id = subject.toLowerCase(Locale.ROOT);
    if (id.matches("[0-9a-f]{4,64}")) {
      return (scan, finding) -> finding.fingerprint().startsWith(id);
    }
    Matcher place = PLACE.matcher(subject);
    if (place.matches() && place.group(2).length() < 9) {
      String file = place.group(1);
      int line = Integer.parseInt(place.group(2));
      Path path = here.resolve(file);
      return (scan, finding) ->
          finding.finding().location().line() == line && isIn(file, path, scan, finding);
    }
    throw new BadInput(
        "'%s' is neither a rule nor a finding's id or FILE:LINE%s; `pinion rules` lists the rules"
            .formatted(subject, Nearest.question(subject, rules.ids())));
  }

  private static boolean isIn(String file, Path path, LastScan scan, Reported finding) {
    String found = finding.finding().location().file();
    return found.equals(file) || Path.of(scan.root()).resolve(found).equals(path);
  }

  /**
   * Lines shift, and people count from what is on their screen: the nearest finding of the file.
   */
  private String advice(Path store) {
    Matcher place = PLACE.matcher(subject);
    if (place.matches() && place.group(2).length() < 9) {
      String file = place.group(1);
      int line = Integer.parseInt(place.group(2));
      Path path = here.resolve(file);
      try {
        Optional<Reported> near =
            LastScan.nearest((scan, finding) -> isIn(file, path, scan, finding), line, store);
        if (near.isPresent()) {
          return "the nearest in that file is %s:%d [%s]"
              .formatted(file, near.get().finding().location().line(), near.get().finding().rule());
        }
      } catch (BadInput e) {
        return "run `pinion scan` first"; // The store cannot be read, which is not the question.
      }
    }
    return "run `pinion scan` first";
  }

  private static String page(RuleInfo rule, RuleSet rules) {
    return rules
        .page(rule.id())
        .map(RulePage::markdown)
        .orElse("# %s\n\n%s\n".formatted(rule.id(), rule.title()));
  }

  private void explain(BiPredicate<LastScan, Reported> wanted, RuleSet rules)
      throws BadInput, SourceException {
    Optional<Path> folder = StoreFolder.of(Optional.ofNullable(store), here);
    if (folder.isEmpty()) {
      throw new BadInput(
          "without a store no scan is remembered; scan and explain with --store DIR");
    }
    LastScan.Found found =
        LastScan.find(wanted, folder.get())
            .orElseThrow(
                () ->
                    new BadInput(
                        "no finding '%s' in the scans remembered in %s; %s"
                            .formatted(subject, folder.get(), advice(folder.get()))));
    Style style = color.on(here.outTerminal()) ? Style.ANSI : Style.PLAIN;
    try (ScannedSource source = ScannedSource.open(found.scan())) {
      List<String> excuses =
          rules.find(found.finding().finding().rule()).map(RuleInfo::excuses).orElse(List.of());
      FindingStory story = new FindingStory(found, source, style, excuses);
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
