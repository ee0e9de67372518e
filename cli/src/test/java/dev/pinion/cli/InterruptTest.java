// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process and a real signal: it says what happened, and the store can be used again. */
class InterruptTest {
  private static final int WAITS = 200;

  @TempDir private Path temp;

  @Test
  void sigintEndsAScanInAnOrderlyWay() throws IOException, InterruptedException {
    Path tree = Files.createDirectories(temp.resolve("tree"));
    Path store = temp.resolve("store");
    Cli cli = new Cli(tree, temp.resolve("cache")).kernel();
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < WAITS; i++) {
      source.append("void w%d(void)\n{\n\ttest_wait();\n}\n".formatted(i));
    }
    cli.write("lib/slow.c", source.toString());
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.pinion.cli.Main",
                    "scan",
                    tree.toString(),
                    "--rule=slow-wait",
                    "--rule=test-defect",
                    "--jobs=1",
                    "--progress=always",
                    "--store=" + store))
            .start();
    String err;
    try (BufferedReader lines = process.errorReader()) {
      err = readUntil(lines, "running rules");
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      err += readUntil(lines, "\0");
    }
    assertEquals(ExitStatus.FAILED, process.waitFor(), err);
    assertTrue(err.contains("pinion: interrupted"), err);
    String out = cli.run("scan", "--rule=test-defect", "--store=" + store).is(1).out();
    assertTrue(out.startsWith("drivers/a.c:4:2: warning: "), out);
  }

  /** Reads until these words have come, or everything has. */
  private static String readUntil(BufferedReader in, String words) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      text.append((char) c);
      if (text.indexOf(words) >= 0) {
        break;
      }
    }
    return text.toString();
  }
}
