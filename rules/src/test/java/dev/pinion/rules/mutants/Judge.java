// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.rules.mutants.operator.Mutant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what became of mutants, from what is said of the tree with them and without. */
final class Judge {
  private final Map<Key, Tier> before = new HashMap<>();
  private final Set<ExcusedKey> excusedBefore = new HashSet<>();

  /** Lines stay where they are, so a finding is known by its place. */
  private record Key(String rule, String file, int line, String message) {
    static Key of(Finding finding) {
      return new Key(
          finding.rule(), finding.location().file(), finding.location().line(), finding.message());
    }
  }

  private record ExcusedKey(String rule, String file, int line, String excuse) {
    static ExcusedKey of(Excused excused) {
      return new ExcusedKey(
          excused.rule(), excused.location().file(), excused.location().line(), excused.excuse());
    }
  }

  /**
   * @param unbroken what is said of the tree as it is
   */
  Judge(ScanResult unbroken) {
    for (Reported reported : unbroken.findings()) {
      before.merge(Key.of(reported.finding()), reported.finding().tier(), Judge::stronger);
    }
    unbroken.excused().forEach(e -> excusedBefore.add(ExcusedKey.of(e)));
  }

  private static Tier stronger(Tier a, Tier b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /**
   * Judges one.
   *
   * @param broken what is said of the tree with it
   * @param lines those that were edited
   */
  Outcome judge(Mutant mutant, ScanResult broken, List<Integer> lines) {
    List<Finding> fresh =
        broken.findings().stream().map(Reported::finding).filter(this::isNew).toList();
    Optional<Finding> killer =
        fresh.stream()
            .min(
                Comparator.comparing((Finding f) -> !isAt(f, mutant, lines))
                    .thenComparing(Finding::tier));
    if (mutant.known().equivalent().isPresent()) {
      String reason = mutant.known().equivalent().get();
      return new Outcome(
          mutant,
          Outcome.Kind.EQUIVALENT,
          killer.map(f -> reason + ", yet " + label(f)).orElse(reason));
    }
    if (killer.isPresent()) {
      return new Outcome(
          mutant,
          killer.get().tier() == Tier.LATENT ? Outcome.Kind.KILLED_LATENT : Outcome.Kind.KILLED,
          label(killer.get())
              + (isAt(killer.get(), mutant, lines) ? "" : " elsewhere, charged to the change")
              + doubt(killer.get()));
    }
    return new Outcome(mutant, Outcome.Kind.SURVIVED, reason(mutant, broken, lines));
  }

  private static String label(Finding finding) {
    return finding.rule() + " (" + finding.tier().label() + ")";
  }

  /** Why a finding is not more than latent, as its last line says. */
  private static String doubt(Finding finding) {
    return finding.tier() != Tier.LATENT || finding.related().isEmpty()
        ? ""
        : ": " + finding.related().get(finding.related().size() - 1).message();
  }

  private boolean isNew(Finding finding) {
    Tier known = before.get(Key.of(finding));
    return known == null || finding.tier().compareTo(known) < 0;
  }

  private static boolean isAt(Finding finding, Mutant mutant, List<Integer> lines) {
    if (finding.location().file().equals(mutant.file())
        && finding.function().equals(mutant.function().name())) {
      return true;
    }
    List<Location> story = new ArrayList<>(List.of(finding.location()));
    finding.related().stream().map(Related::location).forEach(story::add);
    return story.stream().anyMatch(l -> l.file().equals(mutant.file()) && lines.contains(l.line()));
  }

  private String reason(Mutant mutant, ScanResult broken, List<Integer> lines) {
    if (!broken.failures().isEmpty()) {
      return "a rule failed";
    }
    Optional<Excused> excused =
        broken.excused().stream()
            .filter(e -> e.location().file().equals(mutant.file()))
            .filter(e -> e.function().equals(mutant.function().name()))
            .filter(
                e ->
                    lines.contains(e.location().line())
                        || !excusedBefore.contains(ExcusedKey.of(e)))
            .findFirst();
    if (excused.isPresent()) {
      return "excused: " + excused.get().excuse();
    }
    if (mutant.known().obstacle().isPresent()) {
      return mutant.known().obstacle().get();
    }
    Optional<Excused> named =
        broken.excused().stream()
            .filter(e -> mutant.others().contains(e.location().file()))
            .findFirst();
    if (named.isPresent()) {
      return "excused where it would be said: " + named.get().excuse();
    }
    boolean older =
        before.keySet().stream()
            .anyMatch(k -> k.file().equals(mutant.file()) && lines.contains(k.line()));
    if (older) {
      return "an older finding stands on the line";
    }
    return broken.excused().stream()
        .filter(e -> e.location().file().equals(mutant.file()))
        .map(e -> e.function().equals(mutant.function().name()) ? "here" : "in the file")
        .min(Comparator.naturalOrder())
        .map(where -> "no candidate; others " + where + " are excused")
        .orElse("no candidate");
  }
}
