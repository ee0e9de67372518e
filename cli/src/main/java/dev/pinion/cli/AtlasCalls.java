// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.atlas.Answer;
import dev.pinion.analyzer.atlas.Atlas;
import dev.pinion.analyzer.atlas.CallsAnswer;
import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.cli.AtlasOptions.Question;
import dev.pinion.cli.atlas.CallsText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pinion atlas calls}: who calls whom. */
@Command(
    name = "calls",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints callers and callees of a function, or of a member of a struct.",
      "By name, through ops tables, through symbols looked up at run time, and from "
          + "registrars with the context they call in. For a member: its implementations, "
          + "and who calls through it."
    })
final class AtlasCalls implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(
      paramLabel = "FUNCTION|STRUCT.FIELD",
      description = "A function, NAME or FILE:NAME, or a member.")
  private String name = "";

  @Mixin private AtlasOptions options = new AtlasOptions();

  AtlasCalls(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException, CancelledException {
    RuleSet rules = options.rules();
    try (TreeOptions.Opened opened = options.open(here)) {
      Answer<List<CallsAnswer>> answer =
          options.ask(opened, program -> new Atlas(program, rules.rules()).calls(name), here);
      options.print(new Question("calls", name), answer, CallsText::write, opened, here);
    }
    return ExitStatus.OK;
  }
}
