// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.LineChanges;
import dev.pinion.analyzer.evidence.LineChanges.Place;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ties a finding to the change that brings it. Where none of its lines is new, such as an old
 * delete that a lock was taken away from, its author would not know what it has to do with the
 * patch.
 */
final class Blame {
  private Blame() {}

  /** The finding with a place of the change in its story; unchanged if it has one. */
  static Reported in(LineChanges changes, Reported reported) {
    Finding finding = reported.finding();
    List<Location> story = new ArrayList<>(List.of(finding.location()));
    finding.related().forEach(step -> story.add(step.location()));
    if (story.stream().anyMatch(at -> changes.adds(at.file(), at.line()))) {
      return reported;
    }
    return place(changes, story)
        .map(related -> new Reported(reported.id(), reported.fingerprint(), with(finding, related)))
        .orElse(reported);
  }

  /** The change nearest to a line of the story, in the story's order; else the first one of all. */
  private static Optional<Related> place(LineChanges changes, List<Location> story) {
    for (Location at : story) {
      Optional<Place> near = changes.nearest(at.file(), at.line());
      if (near.isPresent()) {
        return near.map(place -> related(at.file(), place));
      }
    }
    return changes.byFile().entrySet().stream()
        .filter(file -> !file.getValue().isEmpty())
        .findFirst()
        .map(file -> related(file.getKey(), file.getValue().get(0)));
  }

  private static Related related(String file, Place place) {
    String what =
        place.added().isEmpty()
            ? "this change brings it, by what it removes here"
            : "this change brings it, by what it does here";
    return new Related(new Location(file, Math.max(1, place.start()), 1), what);
  }

  private static Finding with(Finding finding, Related more) {
    List<Related> story = new ArrayList<>(finding.related());
    story.add(more);
    return new Finding(
        finding.rule(),
        finding.tier(),
        finding.location(),
        finding.function(),
        finding.message(),
        story);
  }
}
