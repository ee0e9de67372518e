// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.Reason;
import dev.pinion.cli.format.B4ReviewFormat;
import dev.pinion.cli.format.CheckpatchFormat;
import dev.pinion.cli.format.CheckstyleFormat;
import dev.pinion.cli.format.GitlabFormat;
import dev.pinion.cli.format.JsonFormat;
import dev.pinion.cli.format.ReportFormat;
import dev.pinion.cli.format.SarifFormat;
import dev.pinion.cli.format.SarifRules;
import dev.pinion.cli.format.Style;
import dev.pinion.cli.format.TextFormat;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what to print, how, and when to fail over it. */
final class ReportOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private FormatName format = FormatName.TEXT;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the findings to FILE instead of standard output.")
  private @Nullable String output;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      defaultValue = "warning",
      completionCandidates = Words.Tiers.class,
      description = "Lowest tier to show: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Tier tier = Tier.WARNING;

  @Option(
      names = "--fail-on",
      paramLabel = "TIER",
      defaultValue = "warning",
      description =
          "Exit with 1 if a finding of this tier or a stronger one is shown:"
              + " ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private FailOn failOn = FailOn.WARNING;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private ForPeople color = ForPeople.AUTO;

  Tier tier() {
    return tier;
  }

  FormatName format() {
    return format;
  }

  /** Where to write to; checked now, because a scan is long and its result should not be lost. */
  Optional<Path> output(Surroundings here) throws BadInput {
    if (output == null) {
      return Optional.empty();
    }
    Path file = here.resolve(output);
    Path folder = file.getParent();
    if (Files.isDirectory(file)) {
      throw new BadInput("--output " + output + ": is a folder; name a file");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new BadInput("--output " + output + ": its folder does not exist; create it first");
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new BadInput("--output " + output + ": no permission to write there");
    }
    return Optional.of(file);
  }

  Style style(Surroundings here) {
    boolean people =
        here.environment().getOrDefault("NO_COLOR", "").isEmpty() || color == ForPeople.ALWAYS;
    return people && output == null && color.on(here.outTerminal()) ? Style.ANSI : Style.PLAIN;
  }

  /**
   * Writes the report in the format asked for.
   *
   * @param tree the top of the tree on disk; empty for a commit
   */
  void write(Report report, RuleSet rules, Optional<Path> tree, Surroundings here) throws BadInput {
    StringBuilder text = new StringBuilder();
    try {
      format(rules, tree, here).write(report, text);
    } catch (IOException e) {
      throw new IllegalStateException("a string builder does no I/O", e);
    }
    print(text, here);
  }

  /** Prints to standard output or to the file of {@code --output}. */
  void print(CharSequence text, Surroundings here) throws BadInput {
    print(text.toString().getBytes(StandardCharsets.UTF_8), here);
  }

  /** Prints bytes that need not be a text: a diff has those of the files. */
  void print(byte[] bytes, Surroundings here) throws BadInput {
    Optional<Path> file = output(here);
    if (file.isEmpty()) {
      here.out().write(bytes, 0, bytes.length);
      here.out().flush();
      return;
    }
    try {
      Files.write(file.get(), bytes);
    } catch (IOException e) {
      throw new BadInput("--output " + output + ": cannot be written: " + Reason.of(e), e);
    }
  }

  private ReportFormat format(RuleSet rules, Optional<Path> tree, Surroundings here)
      throws BadInput {
    return switch (format) {
      case TEXT -> new TextFormat(style(here), path -> Places.typed(tree, path, here));
      case JSON -> new JsonFormat();
      case SARIF -> new SarifFormat(new SarifRules(rule -> rules.page(rule.id())));
      case GITLAB -> new GitlabFormat();
      case CHECKSTYLE -> new CheckstyleFormat();
      case CHECKPATCH -> new CheckpatchFormat();
      case B4_REVIEW -> new B4ReviewFormat();
      case MAIL ->
          throw new BadInput("--format mail drafts replies to patches; use it with `pinion check`");
    };
  }

  /** {@link ExitStatus#FINDINGS} if one of these is strong enough. */
  int status(List<Item> findings) {
    boolean fails = findings.stream().anyMatch(item -> failOn.failsOn(item.finding().tier()));
    return fails ? ExitStatus.FINDINGS : ExitStatus.OK;
  }

  /** A count with its noun: {@code 1 finding}, {@code 2 findings}. */
  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
