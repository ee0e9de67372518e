// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FindingDiffTest {
  private static final FindingDiff.Texts ALL_STAND = (file, function) -> true;
  private static final FindingDiff.Texts ALL_GONE = (file, function) -> false;

  @Test
  void sameFingerprintIsTheSameFindingWhereverItsLineIs() {
    check(
        List.of(finding("f1", "a.c", 10, "probe", "plain delete of n")),
        List.of(finding("f1", "a.c", 90, "probe", "plain delete of n")),
        ALL_STAND,
        "kept a.c:90 probe");
  }

  @Test
  void aSecondOfTheSameKindIsNew() {
    check(
        List.of(finding("f1", "a.c", 10, "probe", "plain delete of n")),
        List.of(
            finding("f1", "a.c", 10, "probe", "plain delete of n"),
            finding("f2", "a.c", 20, "probe", "plain delete of n")),
        ALL_STAND,
        "new a.c:20 probe\nkept a.c:10 probe");
  }

  @Test
  void aRewrittenLineIsNotCharged() {
    check(
        List.of(finding("f1", "a.c", 10, "probe", "plain delete of n")),
        List.of(finding("f2", "a.c", 11, "probe", "plain delete of n")),
        ALL_STAND,
        "kept a.c:11 probe");
  }

  @Test
  void aFunctionMovedToAnotherFileIsNotCharged() {
    check(
        List.of(finding("f1", "a.c", 10, "probe", "plain delete of n")),
        List.of(finding("f2", "b.c", 11, "probe", "plain delete of n")),
        ALL_STAND,
        "kept b.c:11 probe");
  }

  @Test
  void aRenamedFunctionIsNotCharged() {
    check(
        List.of(finding("f1", "a.c", 10, "probe", "plain delete of n")),
        List.of(finding("f2", "a.c", 11, "probe_one", "plain delete of n")),
        ALL_GONE,
        "kept a.c:11 probe_one");
  }

  @Test
  void curedInOneFunctionAndIntroducedInAnotherAreTwoEvents() {
    check(
        List.of(finding("f1", "a.c", 10, "probe", "plain delete of n")),
        List.of(finding("f2", "a.c", 31, "remove", "plain delete of n")),
        ALL_STAND,
        "new a.c:31 remove\ncured a.c:10 probe");
  }

  @Test
  void aBlockMovedIntoAnotherFunctionIsNotCharged() {
    check(
        List.of(finding("f1", "a.c", 10, "probe", "plain delete of n")),
        List.of(finding("f2", "a.c", 31, "helper", "plain delete of n")),
        new FindingDiff.Texts() {
          @Override
          public boolean mentions(String file, String function) {
            return true;
          }

          @Override
          public String blockBefore(Location at) {
            return "lock\ndelete\nunlock";
          }

          @Override
          public String blockAfter(Location at) {
            return "lock\ndelete\nunlock";
          }
        },
        "kept a.c:31 helper");
  }

  @Test
  void anotherMessageIsAnotherFinding() {
    check(
        List.of(finding("f1", "a.c", 10, "probe", "plain delete of n")),
        List.of(finding("f2", "a.c", 10, "probe", "plain delete of m")),
        ALL_GONE,
        "new a.c:10 probe\ncured a.c:10 probe");
  }

  private static void check(
      List<Reported> before, List<Reported> after, FindingDiff.Texts tree, String expected) {
    FindingDiff diff = FindingDiff.between(before, after, tree);
    assertEquals(
        expected,
        (lines("new", diff.introduced())
                + lines("cured", diff.cured())
                + lines("kept", diff.kept().stream().map(FindingDiff.Kept::after).toList()))
            .strip());
  }

  private static String lines(String label, List<Reported> findings) {
    return findings.stream()
        .map(Reported::finding)
        .map(
            f ->
                "%s %s:%d %s\n"
                    .formatted(label, f.location().file(), f.location().line(), f.function()))
        .collect(Collectors.joining());
  }

  private static Reported finding(
      String print, String file, int line, String function, String message) {
    return new Reported(
        print,
        print,
        new Finding(
            "rcu-list-plain-delete",
            Tier.WARNING,
            new Location(file, line, 2),
            function,
            message,
            List.of()));
  }
}
