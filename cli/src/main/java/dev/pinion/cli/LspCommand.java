// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.lsp.LspServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pinion lsp}: the language server, on standard input and output. */
@Command(
    name = "lsp",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs the language server on standard input and output.")
final class LspCommand implements Callable<Integer> {
  private final Surroundings here;

  /** Many clients add it; there is no other way to talk yet, so it changes nothing. */
  @SuppressWarnings("unused")
  @Option(names = "--stdio", hidden = true)
  private boolean stdio;

  LspCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    return LspServer.run(here.in(), here.out());
  }
}
