// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs all rules over the pages' examples and the corpus. {@code -Dfixture=symbol/leak} runs only
 * the trees whose name contains that.
 */
class FixtureTest {
  @TestFactory
  Stream<DynamicTest> pages() {
    return Rules.all().stream()
        .flatMap(
            rule ->
                Rules.page(rule).stream()
                    .flatMap(page -> Fixture.ofPage(rule.info().id(), page).stream()))
        .filter(FixtureTest::isWanted)
        .map(FixtureTest::test);
  }

  @TestFactory
  Stream<DynamicTest> corpus() {
    return Rules.corpus().stream().filter(FixtureTest::isWanted).map(FixtureTest::test);
  }

  @Test
  void thereAreRulesAndFixtures() {
    assertFalse(Rules.all().isEmpty());
    assertFalse(Rules.corpus().isEmpty());
  }

  private static boolean isWanted(Fixture fixture) {
    return fixture.name().contains(System.getProperty("fixture", ""));
  }

  private static DynamicTest test(Fixture fixture) {
    return DynamicTest.dynamicTest(
        fixture.name(),
        () -> assertEquals("", String.join("\n", complaints(fixture)), fixture.name()));
  }

  private static List<String> complaints(Fixture fixture) {
    List<Rule> rules = Rules.all();
    Program program = Trees.link(fixture.files());
    List<Finding> findings = new ArrayList<>();
    List<Excused> excused = new ArrayList<>();
    Report report =
        new Report() {
          @Override
          public void finding(Finding finding) {
            findings.add(finding);
          }

          @Override
          public void excused(Excused candidate) {
            excused.add(candidate);
          }
        };
    for (Rule rule : rules) {
      for (FunctionRef candidate : new TreeSet<>(rule.candidates(program))) {
        rule.check(candidate, program, report);
      }
    }
    findings.sort(null);
    excused.sort(null);
    return new Verdict(rules.stream().map(Rule::info).toList())
        .complaints(fixture.expectations(), findings, excused);
  }
}
