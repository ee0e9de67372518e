// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.atlas.Answer;
import dev.pinion.analyzer.atlas.Atlas;
import dev.pinion.analyzer.atlas.LocksAnswer;
import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.cli.AtlasOptions.Question;
import dev.pinion.cli.atlas.LocksText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pinion atlas locks}: what surely holds on entry. */
@Command(
    name = "locks",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints what is surely held when a function is entered.",
      "Locks and read-side sections, with the ways in and what each of them holds, or "
          + "why nothing is sure."
    })
final class AtlasLocks implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(
      paramLabel = "FUNCTION",
      description = "A function: NAME, or FILE:NAME if there are several.")
  private String name = "";

  @Mixin private AtlasOptions options = new AtlasOptions();

  AtlasLocks(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException, CancelledException {
    RuleSet rules = options.rules();
    try (TreeOptions.Opened opened = options.open(here)) {
      Answer<List<LocksAnswer>> answer =
          options.ask(opened, program -> new Atlas(program, rules.rules()).locks(name), here);
      options.print(new Question("locks", name), answer, LocksText::write, opened, here);
    }
    return ExitStatus.OK;
  }
}
