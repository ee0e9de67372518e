// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pinion completion}: a script for bash and zsh. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints a completion script: source <(pinion completion), in bash or zsh.")
final class CompletionCommand implements Callable<Integer> {
  private final Surroundings here;

  @Spec private CommandSpec spec;

  CompletionCommand(Surroundings here, CommandSpec spec) {
    this.here = here;
    this.spec = spec;
  }

  @Override
  public Integer call() {
    here.out().print(AutoComplete.bash("pinion", spec.root().commandLine()));
    return ExitStatus.OK;
  }
}
