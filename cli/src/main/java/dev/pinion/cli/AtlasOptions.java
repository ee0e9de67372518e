// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.atlas.Answer;
import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.cli.atlas.AnswerJson;
import dev.pinion.cli.atlas.Page;
import dev.pinion.cli.format.Style;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all nouns of the atlas share: which tree is asked, and how the answer is shown. */
final class AtlasOptions {
  @Mixin private TreeOptions treeOptions = new TreeOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();

  /** What an answer can be had as. */
  enum AnswerFormat {
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
  private AnswerFormat format = AnswerFormat.TEXT;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private ForPeople color = ForPeople.AUTO;

  RuleSet rules() throws BadInput {
    return engineOptions.rules();
  }

  TreeOptions.Opened open(Surroundings here) throws BadInput, SourceException {
    return treeOptions.open(List.of(), engineOptions.storeFolder(here), here);
  }

  /** Puts a question to the tree. */
  <T> T ask(TreeOptions.Opened opened, Function<Program, T> question, Surroundings here)
      throws BadInput, SourceException, CancelledException {
    return engineOptions.run(
        rules(),
        here,
        (engine, progress) -> engine.ask(opened.tree(), question, progress, here.cancellation()));
  }

  /** What was asked. */
  record Question(String noun, String name) {}

  /**
   * Prints an answer.
   *
   * @throws BadInput if there is none, with what may have been meant
   */
  <T> void print(
      Question question,
      Answer<List<T>> answer,
      BiConsumer<T, Page> text,
      TreeOptions.Opened opened,
      Surroundings here)
      throws BadInput {
    if (answer instanceof Answer.Unknown<List<T>> unknown) {
      throw new BadInput(
          unknown.why()
              + " in "
              + opened.tree().root()
              + (unknown.near().isEmpty()
                  ? ""
                  : "; near it: " + String.join(", ", unknown.near())));
    }
    List<T> found = ((Answer.Found<List<T>>) answer).value();
    if (format == AnswerFormat.JSON) {
      here.out()
          .append(
              AnswerJson.document(
                  Version.number(),
                  TreeNames.of(opened.tree(), treeOptions.kernelVersion()),
                  question.noun(),
                  question.name(),
                  found));
    } else {
      Page page = new Page(style(here), path -> Places.typed(opened.folder(), path, here));
      found.forEach(a -> text.accept(a, page));
      here.out().append(page.toString());
    }
    here.out().flush();
  }

  private Style style(Surroundings here) {
    boolean people =
        here.environment().getOrDefault("NO_COLOR", "").isEmpty() || color == ForPeople.ALWAYS;
    return people && color.on(here.outTerminal()) ? Style.ANSI : Style.PLAIN;
  }
}
