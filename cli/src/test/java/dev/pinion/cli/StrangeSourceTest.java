// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files no compiler would take: the scan goes on, and the ledger says what was left out. */
class StrangeSourceTest {
  @TempDir private Path temp;
  private Cli cli = new Cli(Path.of(""), Path.of(""));

  @BeforeEach
  void makeKernel() throws IOException {
    cli =
        new Cli(
                Files.createDirectories(temp.resolve("tree")),
                Files.createDirectories(temp.resolve("cache")))
            .kernel();
  }

  private void check(String file, String reason) {
    Cli.Run run = cli.run("scan", "--rule", "test-defect").is(1);
    assertEquals(2, run.out().lines().count(), run.out());
    String ledger = cli.run("coverage").is(0).out();
    assertTrue(ledger.lines().anyMatch(l -> l.startsWith(file) && l.contains(reason)), ledger);
  }

  @Test
  void fiftyMegabytes() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(cli.folder().resolve("big.c").toFile(), "rw")) {
      file.setLength(50L << 20);
    }
    check("big.c", "50 MiB");
  }

  @Test
  void nulBytes() throws IOException {
    Files.write(cli.folder().resolve("nul.c"), new byte[4096]);
    cli.run("scan", "--rule", "test-defect").is(1);
    cli.run("coverage").is(0);
  }

  @Test
  void invalidUtf8() throws IOException {
    Files.write(
        cli.folder().resolve("latin.c"),
        "/* caf\u00e9 */ int f(void)\n{\n\ttest_defect(0);\n}\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    String out = cli.run("scan", "--rule", "test-defect", "latin.c").is(1).out();
    assertTrue(out.startsWith("latin.c:3:2: warning: "), out);
  }

  @Test
  void twentyThousandParentheses() throws IOException {
    cli.write(
        "deep.c",
        "int f(void)\n{\n\treturn " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + ";\n}\n");
    check("deep.c", "");
  }

  @Test
  void aLoopOfSymbolicLinks() throws IOException {
    Files.createSymbolicLink(cli.folder().resolve("drivers/loop"), cli.folder());
    Cli.Run run = cli.run("scan", "--rule", "test-defect").is(1);
    assertEquals(2, run.out().lines().count(), run.out());
  }

  @Test
  void anUnreadableFile() throws IOException {
    // A link that leads nowhere cannot be read by anyone, root included.
    Files.createSymbolicLink(cli.folder().resolve("secret.c"), Path.of("nowhere.c"));
    check("secret.c", "leads nowhere");
  }
}
