// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.rule.PatchRule;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RulePage;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.rule.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rule, page and fixture belong together, and no list has to be kept for it. */
class RulePagesTest {
  private static final List<String> HEADINGS =
      List.of("What", "Why", "Bad", "Good", "Excuses", "Limits", "References");

  private static final List<String> HEADINGS_WITH_FIX =
      List.of("What", "Why", "Bad", "Good", "Fix", "Excuses", "Limits", "References");

  /** Those of which a page or the corpus shows a fix, or what is needed for one. */
  private static final Set<String> RULES_WITH_FIXES =
      Stream.concat(
              Corpus.fixtures().stream(),
              RuleSet.load().ids().stream()
                  .flatMap(id -> RuleSet.load().page(id).stream())
                  .flatMap(p -> Fixture.ofPage(p.id(), p.markdown()).stream()))
          .flatMap(f -> f.expectations().stream())
          .filter(e -> e.kind() == Expectation.Kind.FIXED || e.kind() == Expectation.Kind.NEEDS)
          .map(Expectation::rule)
          .collect(Collectors.toSet());

  @TestFactory
  Stream<DynamicTest> everyRuleHasAPageThatSaysEverything() {
    return RuleSet.load().rules().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.info().id(), () -> checkPage(rule)));
  }

  private static void checkPage(Rule rule) {
    RuleInfo info = rule.info();
    String page =
        RulePage.load(rule.getClass(), info.id())
            .map(RulePage::markdown)
            .orElseThrow(() -> new AssertionError("no " + info.id() + ".md beside the class"));
    List<Expectation> expectations =
        Fixture.ofPage(info.id(), page).stream().flatMap(f -> f.expectations().stream()).toList();
    assertAll(
        () -> assertTrue(page.startsWith("# " + info.id() + "\n"), "starts with its id"),
        () ->
            assertEquals(
                RULES_WITH_FIXES.contains(info.id()) ? HEADINGS_WITH_FIX : HEADINGS,
                page.lines()
                    .filter(l -> l.startsWith("## "))
                    .map(l -> l.substring(3))
                    .filter(l -> !l.equals("How it was proven"))
                    .toList()),
        () ->
            assertTrue(
                expectations.stream()
                    .anyMatch(e -> e.rule().equals(info.id()) && isFinding(e, info.tier())),
                "an example that the rule finds"),
        () ->
            assertTrue(
                info.excuses().stream().allMatch(x -> page.contains("`" + x + "`")),
                "every excuse is explained"));
  }

  /** Their examples are changes; what they find is shown by a series of the corpus. */
  @TestFactory
  Stream<DynamicTest> everyPatchRuleHasAPageAndASeries() {
    return RuleSet.load().patchRules().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.info().id(), () -> checkPatchRule(rule)));
  }

  private static void checkPatchRule(PatchRule rule) throws IOException {
    RuleInfo info = rule.info();
    String page =
        RulePage.load(rule.getClass(), info.id())
            .map(RulePage::markdown)
            .orElseThrow(() -> new AssertionError("no " + info.id() + ".md beside the class"));
    assertTrue(page.startsWith("# " + info.id() + "\n"), "starts with its id");
    assertEquals(
        HEADINGS,
        page.lines()
            .filter(l -> l.startsWith("## "))
            .map(l -> l.substring(3))
            .filter(l -> !l.equals("How it was proven"))
            .toList());
    assertTrue(info.excuses().stream().allMatch(x -> page.contains("`" + x + "`")), "excuses");
    assertEquals("dev.pinion.rules." + info.family(), rule.getClass().getPackageName());
    try (Stream<Path> files = Files.walk(Corpus.checkout().resolve("corpus/series"))) {
      for (Path report : files.filter(f -> f.endsWith("expected.txt")).toList()) {
        if (Files.readString(report).contains("[" + info.id() + "]")) {
          return;
        }
      }
    }
    throw new AssertionError("no series under corpus/series shows " + info.id());
  }

  /** What is shown of a rule is a finding of its tier. */
  private static boolean isFinding(Expectation e, Tier tier) {
    if (tier == Tier.LATENT) {
      return e.kind() == Expectation.Kind.LATENT;
    }
    return e.kind() == Expectation.Kind.WANT || e.kind() == Expectation.Kind.FALSE_NEGATIVE;
  }

  @Test
  void everyPackageIsNamedAfterTheFamilyOfItsRules() {
    Set<String> seen = new HashSet<>();
    for (Rule rule : RuleSet.load().rules()) {
      RuleInfo info = rule.info();
      assertTrue(seen.add(info.id()), "two rules called " + info.id());
      assertEquals(
          "dev.pinion.rules." + info.family(), rule.getClass().getPackageName(), info.id());
      assertFalse(info.title().endsWith("."), info.id());
    }
  }

  @Test
  void everyPageBelongsToARule() throws IOException {
    Path pages = Corpus.checkout().resolve("rules/src/main/resources/dev/pinion/rules");
    try (Stream<Path> all = Files.walk(pages)) {
      Set<String> written =
          all.filter(p -> p.toString().endsWith(".md"))
              .map(p -> pages.relativize(p).toString().replace('\\', '/'))
              .collect(Collectors.toSet());
      Set<String> needed =
          RuleSet.load().infos().stream()
              .map(i -> i.family() + "/" + i.id() + ".md")
              .collect(Collectors.toSet());
      assertEquals(needed, written);
    }
  }
}
