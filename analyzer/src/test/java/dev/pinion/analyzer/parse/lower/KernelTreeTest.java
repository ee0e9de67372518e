// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.parse.FrontEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every graph of a real tree keeps its promises; {@code -Dpinion.tree=DIRECTORY} names one. */
@EnabledIfSystemProperty(named = "pinion.tree", matches = ".+")
final class KernelTreeTest {
  @Test
  void everyFunctionIsWellFormed() throws IOException {
    List<String> violations = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("pinion.tree")))) {
      for (Path path :
          (Iterable<Path>) files.filter(p -> p.toString().endsWith(".c")).sorted()::iterator) {
        if (Files.isRegularFile(path)) {
          check(path, violations);
        }
      }
    }
    assertEquals(List.of(), violations);
  }

  private static void check(Path path, List<String> violations) throws IOException {
    Unit unit = FrontEnd.unit(Files.readAllBytes(path));
    for (Function function : unit.functions()) {
      WellFormed.violation(function)
          .ifPresent(v -> violations.add(path + " " + function.name() + " " + v));
    }
    unit.problems().stream()
        .filter(p -> p.kind() == Problem.Kind.CRASH)
        .forEach(p -> violations.add(path + " " + p));
  }
}
