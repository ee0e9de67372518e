// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The mailing-list threads as patch series: {@code corpus/series/NAME} has the tree {@code base}, a
 * mailbox, and what is expected of the check. {@code ./dev bless} rewrites the expectations.
 */
class SeriesCorpusTest {
  private static final Path CORPUS = Path.of("../corpus/series").toAbsolutePath().normalize();

  @TempDir private Path temp;

  @TestFactory
  Stream<DynamicTest> eachSeriesReportsWhatIsExpected() throws IOException {
    return series().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> check(folder)));
  }

  private static List<Path> series() throws IOException {
    try (Stream<Path> folders = Files.list(CORPUS)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  private void check(Path folder) throws IOException {
    Map<String, String> before = contents(folder.resolve("base"));
    Cli.Run run =
        new Cli(folder, temp.resolve("cache"))
            .run("check", "--mbox", "thread.mbox", "--tree", "base", "--tier", "latent");
    assertEquals(before, contents(folder.resolve("base")), "nothing is written");
    Path expected = folder.resolve("expected.txt");
    String actual = run.out() + run.err();
    if (Boolean.getBoolean("pinion.bless")) {
      Files.writeString(expected, actual);
    }
    assertEquals(Files.readString(expected), actual);
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  @Test
  void allFiveThreadsAreThere() throws IOException {
    assertTrue(series().size() >= 5, series().toString());
  }
}
