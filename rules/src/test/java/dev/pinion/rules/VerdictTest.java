// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private final Verdict verdict =
      new Verdict(List.of(new RuleInfo("pin-leak", Tier.WARNING, "t", List.of("kept"))));

  private static Finding finding(Tier tier, int line, String message) {
    return new Finding("pin-leak", tier, new Location("a.c", line, 1), "f", message, List.of());
  }

  private List<String> judge(String source, Finding... findings) {
    return verdict.complaints(Expectation.of("a.c", source), List.of(findings), List.of());
  }

  @Test
  void aWantIsMetByAFindingOnItsLine() {
    assertEquals(
        List.of(), judge("f(); // want pin-leak \"'x'\"", finding(Tier.WARNING, 1, "leaks 'x'")));
  }

  @Test
  void aWantIsNotMetOnAnotherLineOrByAnotherMessage() {
    assertEquals(2, judge("// want pin-leak \"x\"", finding(Tier.ERROR, 2, "x")).size());
    assertEquals(2, judge("// want pin-leak \"x\"", finding(Tier.ERROR, 1, "y")).size());
    assertEquals(1, judge("// want pin-leak \"x\"").size());
  }

  @Test
  void anUnexpectedFindingIsToldUnlessLatent() {
    assertEquals(1, judge("f();", finding(Tier.WARNING, 1, "x")).size());
    assertEquals(List.of(), judge("f();", finding(Tier.LATENT, 1, "x")));
  }

  @Test
  void aLatentFindingMustBeLatentForTheReasonNamed() {
    Finding doubted =
        new Finding(
            "pin-leak",
            Tier.LATENT,
            new Location("a.c", 1, 1),
            "f",
            "x",
            List.of(new Related(new Location("a.c", 1, 1), "latent only: too early")));
    assertEquals(List.of(), judge("// latent pin-leak \"too early\"", doubted));
    assertEquals(1, judge("// latent pin-leak \"too late\"", doubted).size());
    assertEquals(2, judge("// latent pin-leak \"x\"", finding(Tier.WARNING, 1, "x")).size());
  }

  @Test
  void knownLimitsFailOnceTheyAreGone() {
    assertEquals(1, judge("// false-positive pin-leak \"why\"").size());
    assertEquals(
        List.of(), judge("// false-positive pin-leak \"why\"", finding(Tier.WARNING, 1, "x")));
    assertEquals(
        1, judge("// false-negative pin-leak \"why\"", finding(Tier.WARNING, 1, "x")).size());
    assertEquals(List.of(), judge("// false-negative pin-leak \"why\""));
  }

  @Test
  void anExcuseMustBeTheOneNamed() {
    List<Expectation> expected = Expectation.of("a.c", "f(); // excused pin-leak \"kept\"");
    Excused kept =
        new Excused("pin-leak", new Location("a.c", 1, 1), "f", "kept", "because", List.of());
    assertEquals(List.of(), verdict.complaints(expected, List.of(), List.of(kept)));
    assertEquals(1, verdict.complaints(expected, List.of(), List.of()).size());
  }

  @Test
  void aFamilyWithoutRulesIsNotJudged() {
    assertEquals(List.of(), judge("// want wait-forever \"x\""));
    assertEquals(1, judge("// want pin-other \"x\"").size());
  }

  @Test
  void oneCommentMayCarryTwo() {
    assertEquals(
        2, Expectation.of("a.c", "f(); // want a-b \"x\" false-negative c-d \"y\"").size());
    assertThrows(
        IllegalArgumentException.class, () -> Expectation.of("a.c", "// want a-b no quotes"));
  }

  @Test
  void blocksThatNameFilesMakeOneTree() {
    String page =
        """
        # x
        ```c
        int a;
        ```
        ```c file=m/b.c
        int b;
        ```
        text
        ```c file=c.c
        int c;
        ```
        # y
        ```c file=d.c
        int d;
        ```
        """;
    List<Fixture> all = Fixture.ofPage("x-y", page);
    assertEquals(
        List.of("x-y.md:2", "x-y.md:5", "x-y.md:13"), all.stream().map(Fixture::name).toList());
    assertEquals(List.of("c.c", "m/b.c"), List.copyOf(all.get(1).files().keySet()));
    assertEquals("int d;\n", all.get(2).files().get("d.c"));
  }
}
