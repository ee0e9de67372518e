// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pinion atlas}: only says which questions there are. */
@Command(
    name = "atlas",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Asks the linked program: who, where, under which locks, in which module.",
    footer = {
      "",
      "Try: pinion atlas field kvm_device.vm_node",
      "     pinion atlas calls kvm_put_kvm",
      "     pinion atlas module virt/kvm/vfio.c"
    })
final class AtlasCommand implements Runnable {
  private final Surroundings here;

  @Spec private CommandSpec spec = CommandSpec.create();

  private AtlasCommand(Surroundings here) {
    this.here = here;
  }

  /**
   * The command with its nouns.
   *
   * @param words what follows it
   */
  static CommandLine line(Surroundings here, List<String> words) {
    CommandLine line = new CommandLine(new AtlasCommand(here));
    new CommandChoice()
        .with("field", () -> new AtlasField(here))
        .with("calls", () -> new AtlasCalls(here))
        .with("module", () -> new AtlasModule(here))
        .with("counted", () -> new AtlasCounted(here))
        .with("locks", () -> new AtlasLocks(here))
        .addTo(line, words);
    return line;
  }

  /** Without a noun there is nothing to ask. */
  @Override
  public void run() {
    spec.commandLine().usage(here.out());
  }
}
