// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Linked programs to try a question on: each folder of the corpus, and all of it as one tree. */
final class CorpusPrograms {
  private CorpusPrograms() {}

  static List<Program> all() {
    List<Program> all = new ArrayList<>();
    Path corpus = corpus();
    try (Stream<Path> families = Files.list(corpus)) {
      for (Path family : families.filter(Files::isDirectory).sorted().toList()) {
        try (Stream<Path> trees = Files.list(family)) {
          trees.filter(Files::isDirectory).sorted().forEach(t -> all.add(program(t)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    all.add(program(corpus));
    return all;
  }

  private static Path corpus() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.isDirectory(here.resolve("corpus/demo"))) {
      here = here.getParent();
    }
    if (here == null) {
      throw new IllegalStateException("the tests must run inside the checkout");
    }
    return here.resolve("corpus");
  }

  private static Program program(Path folder) {
    List<String> pathsAndTexts = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.filter(p -> p.toString().matches(".*\\.[ch]")).sorted().toList()) {
        pathsAndTexts.add(folder.relativize(path).toString().replace('\\', '/'));
        pathsAndTexts.add(Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Linked.of(pathsAndTexts.toArray(new String[0]));
  }
}
