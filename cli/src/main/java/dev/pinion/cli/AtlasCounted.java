// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.atlas.Answer;
import dev.pinion.analyzer.atlas.Atlas;
import dev.pinion.analyzer.atlas.CountedAnswer;
import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.cli.AtlasOptions.Question;
import dev.pinion.cli.atlas.CountedText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pinion atlas counted}: how a struct is reference counted. */
@Command(
    name = "counted",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints how a struct is reference counted.",
      "Its counters, the functions that get, try to get, put and release it, and what "
          + "the release reaches. A tree's .pinion/counted.rows goes first."
    })
final class AtlasCounted implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "STRUCT", description = "A tag, such as kvm.")
  private String name = "";

  @Mixin private AtlasOptions options = new AtlasOptions();

  AtlasCounted(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException, CancelledException {
    RuleSet rules = options.rules();
    try (TreeOptions.Opened opened = options.open(here)) {
      Answer<List<CountedAnswer>> answer =
          options.ask(opened, program -> new Atlas(program, rules.rules()).counted(name), here);
      options.print(new Question("counted", name), answer, CountedText::write, opened, here);
    }
    return ExitStatus.OK;
  }
}
