// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.source.SourceException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together and turns what they throw into lines and an {@link ExitStatus}. */
final class CommandTree {
  private static final int HELP_WIDTH = 100;

  private CommandTree() {}

  /** Runs the command that the arguments name. */
  static int run(Surroundings here, String... arguments) {
    String[] words = arguments.length == 0 ? new String[] {"--help"} : arguments;
    CommandLine root = new CommandLine(new PinionCommand());
    addCommands(root, List.of(words), here);
    root.setOut(new PrintWriter(here.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(here.err(), true, StandardCharsets.UTF_8));
    root.setUsageHelpWidth(HELP_WIDTH);
    root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    Words.register(root);
    root.setParameterExceptionHandler((e, args) -> unusable(e, here));
    root.setExecutionExceptionHandler((e, command, parsed) -> failed(e, here));
    try {
      return root.execute(words);
    } catch (OutOfMemoryError e) {
      return exhausted(here);
    }
  }

  private static void addCommands(CommandLine root, List<String> words, Surroundings here) {
    if (words.equals(List.of("--version"))) {
      return;
    }
    List<String> below = words.subList(1, words.size());
    new CommandChoice()
        .with("scan", () -> new ScanCommand(here))
        .with("check", () -> new CheckCommand(here))
        .with("explain", () -> new ExplainCommand(here))
        .with("rules", () -> new RulesCommand(here))
        .with("coverage", () -> new CoverageCommand(here))
        .with("atlas", () -> AtlasCommand.line(here, below))
        .with("store", () -> StoreCommand.line(here))
        .with("lsp", () -> new LspCommand(here))
        .with("completion", () -> new CompletionCommand(here, root.getCommandSpec()))
        // A script for completion is about all commands.
        .addTo(root, words.get(0).equals("completion") ? List.of() : words);
  }

  private static int unusable(ParameterException e, Surroundings here) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    here.err()
        .println(
            "pinion: %s%s; see `%s --help`"
                .formatted(firstLine(String.valueOf(e.getMessage())), meant(e), command));
    return ExitStatus.UNUSABLE;
  }

  /** A mistyped command comes as an argument that fits nowhere. */
  private static String meant(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()
        ? Nearest.question(
            unmatched.getUnmatched().get(0), e.getCommandLine().getSubcommands().keySet())
        : "";
  }

  private static int failed(Exception e, Surroundings here) {
    if (e instanceof BadInput || e instanceof SourceException) {
      here.err().println("pinion: " + e.getMessage());
      return ExitStatus.UNUSABLE;
    }
    if (e instanceof CancelledException) {
      here.err()
          .println(
              "pinion: interrupted; no findings are reported, what was read so far is kept in the store");
      return ExitStatus.FAILED;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return exhausted(here);
      }
    }
    here.err().println("pinion: internal error, please report it with the lines below");
    e.printStackTrace(here.err());
    return ExitStatus.FAILED;
  }

  private static int exhausted(Surroundings here) {
    here.err()
        .println(
            "pinion: out of memory with a heap of %d MB; give Java more: PINION_JAVA_OPTS=-Xmx3g ./pinion …"
                .formatted(Runtime.getRuntime().maxMemory() >> 20));
    return ExitStatus.FAILED;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text).replaceAll("[.\\s]+$", "");
  }
}
