// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs all rules over the pages' examples and the corpus. {@code -Dfixture=symbol/leak} runs only
 * the trees whose name contains that.
 */
class FixtureTest {
  private static final RuleSet RULES = RuleSet.load();

  @TempDir Path scratch = Path.of("");

  @TestFactory
  Stream<DynamicTest> pages() {
    return RULES.ids().stream()
        .flatMap(id -> RULES.page(id).stream())
        .flatMap(page -> Fixture.ofPage(page.id(), page.markdown()).stream())
        .filter(FixtureTest::isWanted)
        .map(this::test);
  }

  @TestFactory
  Stream<DynamicTest> corpus() {
    return Corpus.fixtures().stream().filter(FixtureTest::isWanted).map(this::test);
  }

  @Test
  void thereAreRulesAndFixtures() {
    assertFalse(RULES.rules().isEmpty());
    assertFalse(Corpus.fixtures().isEmpty());
  }

  private static boolean isWanted(Fixture fixture) {
    return fixture.name().contains(System.getProperty("fixture", ""));
  }

  private DynamicTest test(Fixture fixture) {
    return DynamicTest.dynamicTest(
        fixture.name(),
        () -> {
          Path folder = Files.createDirectories(scratch.resolve(fixture.name()));
          assertEquals("", String.join("\n", complaints(fixture, folder)), fixture.name());
        });
  }

  private static List<String> complaints(Fixture fixture, Path folder) throws Exception {
    fixture.writeTo(folder);
    try (Engine engine = new Engine(RULES.rules(), FactStore.none(), 1)) {
      ScanResult result =
          engine.scan(WorkTree.open(folder), ScanRequest.EVERYTHING, Progress.NONE, () -> false);
      List<String> complaints = new ArrayList<>(result.failures());
      complaints.addAll(
          new Verdict(RULES.infos())
              .complaints(
                  fixture.expectations(),
                  result.findings().stream().map(Reported::finding).toList(),
                  result.excused()));
      return complaints;
    }
  }
}
