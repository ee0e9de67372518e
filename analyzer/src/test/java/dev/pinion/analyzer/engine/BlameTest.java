// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pinion.analyzer.evidence.LineChanges;
import dev.pinion.analyzer.evidence.LineChanges.Place;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BlameTest {
  private static LineChanges changes(String file, Place... places) {
    TreeMap<String, List<Place>> all = new TreeMap<>();
    all.put(file, List.of(places));
    return new LineChanges(all);
  }

  private static Reported finding(String file, int line, Related... story) {
    return new Reported(
        "id",
        "print",
        new Finding(
            "r", Tier.WARNING, new Location(file, line, 2), "f", "message", List.of(story)));
  }

  private static String last(Reported reported) {
    List<Related> story = reported.finding().related();
    Related step = story.get(story.size() - 1);
    return step.location().file() + ":" + step.location().line() + " " + step.message();
  }

  @Test
  void aStoryThatTouchesTheChangeStaysAsItIs() {
    LineChanges changes = changes("a.c", new Place(5, List.of(), 5, List.of("x", "y")));
    Reported inside = finding("a.c", 6);
    assertSame(inside, Blame.in(changes, inside));
    Reported story = finding("b.c", 1, new Related(new Location("a.c", 5, 1), "the reader"));
    assertSame(story, Blame.in(changes, story));
  }

  @Test
  void anOtherOneGetsTheNearestPlace() {
    LineChanges changes =
        changes(
            "a.c",
            new Place(5, List.of("\tlock();"), 5, List.of()),
            new Place(90, List.of("x"), 89, List.of("y")));
    assertEquals(
        "a.c:5 this change brings it, by what it removes here",
        last(Blame.in(changes, finding("a.c", 20))));
    assertEquals(
        "a.c:89 this change brings it, by what it does here",
        last(Blame.in(changes, finding("b.c", 1, new Related(new Location("a.c", 80, 1), "x")))));
    assertEquals(
        "a.c:5 this change brings it, by what it removes here",
        last(Blame.in(changes, finding("elsewhere.c", 1))));
  }
}
