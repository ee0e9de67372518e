// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pinion store}: only says what can be done with a store. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Looks after the facts that are kept between runs.",
    footer = {
      "",
      "A store needs no care: it stays below its limit by forgetting what was not asked for the",
      "longest, and nothing but time is lost with it. See --store-limit of pinion scan."
    })
final class StoreCommand implements Runnable {
  private final Surroundings here;

  @Spec private CommandSpec spec = CommandSpec.create();

  private StoreCommand(Surroundings here) {
    this.here = here;
  }

  /** The command with all its verbs. */
  static CommandLine line(Surroundings here) {
    CommandLine line = new CommandLine(new StoreCommand(here));
    line.addSubcommand(new StoreInfo(here));
    line.addSubcommand(new StoreVerify(here));
    line.addSubcommand(new StorePrune(here));
    return line;
  }

  /** Without a verb there is nothing to do. */
  @Override
  public void run() {
    spec.commandLine().usage(here.out());
  }
}
