// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The rules of this module, their pages and the corpus, as the tests see them. */
final class Rules {
  private Rules() {}

  /** All registered rules by id. */
  static List<Rule> all() {
    return ServiceLoader.load(Rule.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(r -> r.info().id()))
        .toList();
  }

  static List<RuleInfo> infos() {
    return all().stream().map(Rule::info).toList();
  }

  /** The page beside the rule's class. */
  static Optional<String> page(Rule rule) {
    try (InputStream in = rule.getClass().getResourceAsStream(rule.info().id() + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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
  static List<Fixture> corpus() {
    Path root = checkout().resolve("corpus");
    List<Fixture> all = new java.util.ArrayList<>();
    if (Files.isDirectory(root)) {
      collect(root, root, all);
    }
    return all;
  }

  private static void collect(Path root, Path folder, List<Fixture> into) {
    try (Stream<Path> list = Files.list(folder)) {
      List<Path> inside = list.sorted().toList();
      if (!folder.equals(root) && inside.stream().anyMatch(Rules::makesATree)) {
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
