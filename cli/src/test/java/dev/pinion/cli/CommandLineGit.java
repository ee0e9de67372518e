// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The real tools that people send patches with, as they run on no one's machine in particular. */
record CommandLineGit(Path folder) {
  /** How a program ended. */
  record Ended(int status, String out, String err) {
    Ended is(int expected) {
      assertEquals(expected, status, out + err);
      return this;
    }
  }

  /** Runs git, which must succeed, and returns what it prints. */
  String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(Arrays.asList(arguments));
    return run(Map.of(), "", command).is(0).out();
  }

  /** Runs a program. */
  Ended run(Map<String, String> more, String input, List<String> command)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("pinion", ".stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "A Developer");
      environment.put("GIT_" + who + "_EMAIL", "dev@example.org");
      environment.put("GIT_" + who + "_DATE", "1700000000 +0000");
    }
    environment.putAll(more);
    Process process = builder.start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    String said = Files.readString(err);
    Files.delete(err);
    return new Ended(status, out, said);
  }
}
