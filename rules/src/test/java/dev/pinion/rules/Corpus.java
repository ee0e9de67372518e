// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The corpus, as the tests see it. */
final class Corpus {
  private Corpus() {}

  /** The top of the checkout, wherever the tests were started. */
  static Path checkout() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.isDirectory(here.resolve("rules/src/main"))) {
      here = here.getParent();
    }
    if (here == null) {
      throw new IllegalStateException("the tests must run inside the checkout");
    }
    return here;
  }

  /**
   * The trees of the corpus: each folder that has C, a Makefile or a Kbuild in it, and no such
   * folder above it.
   */
  static List<Fixture> fixtures() {
    Path root = checkout().resolve("corpus");
    List<Fixture> all = new java.util.ArrayList<>();
    if (Files.isDirectory(root)) {
      collect(root, root, all);
    }
    return all;
  }

  private static void collect(Path root, Path folder, List<Fixture> into) {
    if (folder.equals(root.resolve("series"))) {
      return; // Bases of patch series, which the command line's tests check with their patches.
    }
    try (Stream<Path> list = Files.list(folder)) {
      List<Path> inside = list.sorted().toList();
      if (!folder.equals(root) && inside.stream().anyMatch(Corpus::makesATree)) {
        String name = root.relativize(folder).toString().replace('\\', '/');
        into.add(Fixture.ofFolder(name, folder));
        return;
      }
      inside.stream().filter(Files::isDirectory).forEach(f -> collect(root, f, into));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean makesATree(Path path) {
    String name = String.valueOf(path.getFileName());
    return Files.isRegularFile(path)
        && (name.endsWith(".c") || name.equals("Makefile") || name.equals("Kbuild"));
  }
}
