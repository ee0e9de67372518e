// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares what the rules said of a fixture with what its comments expect. */
final class Verdict {
  private final Set<String> families;
  private final Set<String> ids;

  /**
   * @param rules the rules that ran. Expectations about a family of which none ran are not judged:
   *     the corpus may be ahead of the rules by a family, but not by a rule of a family
   */
  Verdict(List<RuleInfo> rules) {
    this.families = rules.stream().map(RuleInfo::family).collect(Collectors.toSet());
    this.ids = rules.stream().map(RuleInfo::id).collect(Collectors.toSet());
  }

  /**
   * Everything that is not as expected, one line each; empty if all is well.
   *
   * <p>Findings of warning tier and above must be expected, and all that is expected must be there.
   * An excused candidate needs no comment, but a comment needs its candidate.
   */
  List<String> complaints(
      List<Expectation> expectations, List<Finding> findings, List<Excused> excused) {
    List<String> complaints = new ArrayList<>();
    List<Finding> unexpected =
        new ArrayList<>(findings.stream().filter(f -> f.tier().atLeast(Tier.WARNING)).toList());
    for (Expectation e : expectations) {
      if (!ids.contains(e.rule()) && !families.contains(family(e.rule()))) {
        continue;
      }
      switch (e.kind()) {
        case WANT -> {
          Pattern message = Pattern.compile(e.text());
          if (!unexpected.removeIf(
              f -> isAt(e, f.rule(), f.location()) && message.matcher(f.message()).find())) {
            complaints.add(e + ": not found");
          }
        }
        case LATENT -> {
          Pattern doubt = Pattern.compile(e.text());
          if (findings.stream()
              .noneMatch(
                  f ->
                      f.tier() == Tier.LATENT
                          && isAt(e, f.rule(), f.location())
                          && f.related().stream()
                              .anyMatch(r -> doubt.matcher(r.message()).find()))) {
            complaints.add(e + ": not latent so");
          }
        }
        case FIXED, NEEDS -> {} // FixesTest carries them out.
        case FALSE_POSITIVE -> {
          if (!unexpected.removeIf(f -> isAt(e, f.rule(), f.location()))) {
            complaints.add(e + ": no longer found, remove the comment");
          }
        }
        case FALSE_NEGATIVE -> {
          if (unexpected.removeIf(f -> isAt(e, f.rule(), f.location()))) {
            complaints.add(e + ": found now, make it a want");
          }
        }
        case EXCUSED -> {
          if (excused.stream()
              .noneMatch(x -> isAt(e, x.rule(), x.location()) && x.excuse().equals(e.text()))) {
            complaints.add(e + ": not excused so");
          }
        }
      }
    }
    unexpected.forEach(f -> complaints.add(f.location() + ": unexpected: " + show(f)));
    if (!complaints.isEmpty()) {
      excused.forEach(
          x ->
              complaints.add(
                  "  (" + x.location() + ": " + x.rule() + " excused: " + x.excuse() + ")"));
    }
    return complaints;
  }

  private static String family(String rule) {
    int dash = rule.indexOf('-');
    return dash < 0 ? rule : rule.substring(0, dash);
  }

  private static boolean isAt(Expectation e, String rule, Location location) {
    return e.rule().equals(rule) && e.file().equals(location.file()) && e.line() == location.line();
  }

  private static String show(Finding f) {
    return f.tier().label()
        + ": "
        + f.message()
        + " ["
        + f.rule()
        + "]"
        + f.related().stream()
            .map(r -> "\n    " + r.location() + ": " + r.message())
            .collect(Collectors.joining());
  }
}
