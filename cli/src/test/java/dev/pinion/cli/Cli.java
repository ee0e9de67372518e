// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.engine.Cancellation;
import dev.pinion.cli.Surroundings.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs the real commands in this process, in a folder of the test's, with a store of its own. */
final class Cli {
  private final Path folder;
  private Cancellation cancellation = () -> false;
  private byte[] input = {};
  private final Map<String, String> environment = new HashMap<>();

  /** What a command left behind. */
  record Run(int status, String out, String err) {
    /** Nothing but one line on standard error, with these words, and status 2. */
    void isUnusable(String... words) {
      assertEquals("", out);
      for (String word : words) {
        assertTrue(err.contains(word), "'" + word + "' is missing in: " + err);
      }
      assertTrue(err.startsWith("pinion: "), err);
      assertEquals(1, err.lines().count(), err);
      assertEquals(ExitStatus.UNUSABLE, status);
    }

    Run is(int expected) {
      assertEquals(expected, status, out + err);
      return this;
    }
  }

  /**
   * @param folder the current folder
   * @param cache for the store; not inside of {@code folder} if that is scanned
   */
  Cli(Path folder, Path cache) {
    this.folder = folder;
    environment.put("XDG_CACHE_HOME", cache.toString());
  }

  /** Sets a variable of the environment for the next runs. */
  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Cli cancelledBy(Cancellation asked) {
    cancellation = asked;
    return this;
  }

  /** What the next runs find on standard input. */
  Cli reading(String text) {
    input = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  Path folder() {
    return folder;
  }

  Run run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        CommandTree.run(
            new Surroundings(
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                environment,
                Terminal.NO,
                Terminal.NO,
                cancellation),
            arguments);
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Writes a file below the current folder. */
  Path write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** A small kernel: three findings of the test rules, of three tiers, and one excused. */
  Cli kernel() throws IOException {
    write("Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 7\n");
    write("Kbuild", "obj-y += drivers/\n");
    write(
        "drivers/a.c",
        """
        int probe(struct thing *t)
        {
        	prepare(t);
        	test_defect(t);
        	return 0;
        }

        int remove(struct thing *t)
        {
        	test_sure_defect(t);
        	test_excused(t);
        	return 0;
        }
        """);
    write(
        "net/b.c",
        """
        int walk(void)
        {
        	return test_smell(1);
        }
        """);
    return this;
  }
}
