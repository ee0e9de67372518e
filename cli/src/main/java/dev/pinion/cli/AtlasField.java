// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.atlas.Answer;
import dev.pinion.analyzer.atlas.Atlas;
import dev.pinion.analyzer.atlas.FieldAnswer;
import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.cli.AtlasOptions.Question;
import dev.pinion.cli.atlas.FieldText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pinion atlas field}: who does what with a list node. */
@Command(
    name = "field",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints who inserts, deletes, moves and reads nodes by a member.",
      "With the locks and read-side sections surely held there, and what the rules "
          + "say of each deletion."
    })
final class AtlasField implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "STRUCT.FIELD", description = "A member, such as kvm_device.vm_node.")
  private String name = "";

  @Mixin private AtlasOptions options = new AtlasOptions();

  AtlasField(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput, SourceException, CancelledException {
    RuleSet rules = options.rules();
    try (TreeOptions.Opened opened = options.open(here)) {
      Answer<List<FieldAnswer>> answer =
          options.ask(opened, program -> new Atlas(program, rules.rules()).field(name), here);
      options.print(new Question("field", name), answer, FieldText::write, opened, here);
    }
    return ExitStatus.OK;
  }
}
