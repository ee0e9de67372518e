// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with the store costs time and at most some lines of warning, never a result.
 */
class StoreTroubleTest {
  @TempDir private Path temp;
  private Cli cli = new Cli(Path.of(""), Path.of(""));
  private String expected = "";

  @BeforeEach
  void makeKernel() throws IOException {
    cli =
        new Cli(
                Files.createDirectories(temp.resolve("tree")),
                Files.createDirectories(temp.resolve("cache")))
            .kernel();
    expected = scan("none").is(1).out();
  }

  private Cli.Run scan(String store) {
    return cli.run("scan", "--rule", "test-*", "--rule", "!test-crash", "--store", store);
  }

  @Test
  void aStoreThatIsAFile() throws IOException {
    cli.write("store", "not a folder");
    Cli.Run run = scan("store").is(1);
    assertEquals(expected, run.out());
    assertTrue(run.err().lines().allMatch(line -> line.startsWith("pinion: ")), run.err());
    assertTrue(run.err().contains("store"), run.err());
  }

  @Test
  void damagedFiles() throws IOException {
    scan("../facts").is(1);
    List<Path> files;
    try (Stream<Path> all = Files.walk(temp.resolve("facts"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertTrue(files.size() > 1, "the store holds something");
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < bytes.length; i += 7) {
        bytes[i] ^= 0x55;
      }
      Files.write(file, bytes);
    }
    assertEquals(expected, scan("../facts").is(1).out());
    assertEquals(expected, scan("../facts").is(1).out());
  }

  @Test
  void cutOffFiles() throws IOException {
    scan("../facts").is(1);
    try (Stream<Path> all = Files.walk(temp.resolve("facts"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.write(file, List.of());
      }
    }
    assertEquals(expected, scan("../facts").is(1).out());
  }

  @Test
  void aFolderOfAnotherVersionBesideIt() throws IOException {
    Files.createDirectories(temp.resolve("facts/facts-0-00000000"));
    Files.writeString(temp.resolve("facts/facts-0-00000000/old"), "old");
    assertEquals(expected, scan("../facts").is(1).out());
  }
}
