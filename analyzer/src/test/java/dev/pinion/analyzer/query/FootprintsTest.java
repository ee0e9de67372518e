// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FootprintsTest {
  private Queries queries = new Queries(Queries.Mode.LIVE, 2);
  private final Set<Integer> inputs = new TreeSet<>();

  private int read(int number) {
    inputs.add(number);
    queries.read(number);
    return number;
  }

  private int sum(Object key, List<Integer> reads, List<String> others) {
    return queries.get(
        key,
        () -> {
          int sum = 0;
          for (int number : reads) {
            sum += read(number);
          }
          for (String other : others) {
            sum += sum(other, List.of(), List.of());
          }
          return sum;
        });
  }

  private Set<Integer> of(Footprints all, int answer) {
    return new TreeSet<>(
        all.touched(Set.of()).isEmpty()
            ? inputs.stream()
                .filter(n -> all.touched(Set.of(n)).get(answer))
                .collect(Collectors.toSet())
            : Set.of());
  }

  @ParameterizedTest
  @EnumSource(names = {"LIVE", "NOTED"})
  void whatIsReadByAnswersInBetweenCounts(Queries.Mode mode) {
    queries = new Queries(mode, 2);
    sum("low", List.of(1, 2), List.of());
    sum("high", List.of(3), List.of("low"));
    Footprints all = queries.footprints(List.of("low", "high"));
    assertEquals(Set.of(1, 2), of(all, 0));
    assertEquals(Set.of(1, 2, 3), of(all, 1));
  }

  @Test
  void manyInputsBecomeAPartThatIsToldOnce() {
    List<Integer> many = IntStream.range(0, 1000).boxed().toList();
    sum("table", many, List.of());
    List<String> askers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sum("asker " + i, List.of(2000 + i), List.of("table"));
      askers.add("asker " + i);
    }
    Footprints all = queries.footprints(askers);
    assertEquals(51, all.size());
    int told = 0;
    for (int part = 0; part < all.size(); part++) {
      told += all.inputsOf(part).length + all.partsOf(part).length;
    }
    assertEquals(1000 + 50 * 2, told);
    assertEquals(50, all.touched(Set.of(7)).cardinality());
    assertEquals(1, all.touched(Set.of(2003)).cardinality());
    assertTrue(all.touched(Set.of(5000)).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"LIVE", "NOTED"})
  void valuesInARingHangOnAllThatAnyOfThemReads(Queries.Mode mode) {
    queries = new Queries(mode, 2);
    Fixpoint<Integer, Integer> ring =
        new Fixpoint<>(
            queries,
            (key, others) -> {
              read(100 + key);
              others.of((key + 1) % 3);
              return Optional.of(key);
            });
    queries.get("asker", () -> ring.of(0).orElseThrow() + read(5));
    queries.get("other", () -> ring.of(2).orElseThrow());
    Footprints all = queries.footprints(List.of("asker", "other"));
    assertEquals(Set.of(5, 100, 101, 102), of(all, 0));
    assertEquals(Set.of(100, 101, 102), of(all, 1));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIVE", "NOTED"})
  void whatSettledAndRecentAnswersReadCounts(Queries.Mode mode) {
    queries = new Queries(mode, 2);
    for (int i = 10; i < 20; i++) {
      int number = i;
      queries.get("reader " + i, () -> queries.recent("large " + number, () -> read(number)));
    }
    assertEquals(Set.of(11), of(queries.footprints(List.of("reader 11")), 0));
    queries.get("asker", () -> queries.settled("table", () -> read(1) + read(2)) + read(3));
    assertEquals(Set.of(1, 2, 3), of(queries.footprints(List.of("asker")), 0));
  }

  @Test
  void aSecondWalkSeesWhatHasChangedInBetween() {
    boolean[] more = {false};
    Runnable ask = () -> queries.get("a", () -> read(1) + (more[0] ? read(2) : 0));
    ask.run();
    assertEquals(Set.of(1), of(queries.footprints(List.of("a")), 0));
    more[0] = true;
    queries.changed(List.of(1));
    ask.run();
    assertEquals(Set.of(1, 2), of(queries.footprints(List.of("a")), 0));
  }

  @Test
  void anAnswerThatNobodyKnowsIsRefused() {
    assertThrows(IllegalStateException.class, () -> queries.footprints(List.of("nobody")));
    Queries once = new Queries(Queries.Mode.ONCE, 2);
    once.get("known", () -> "value");
    assertThrows(IllegalStateException.class, () -> once.footprints(List.of("known")));
  }

  /** Against a walk without parts. */
  @Test
  void isWhatCanBeReachedInRandomGraphs() {
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      Queries fresh = new Queries(Queries.Mode.NOTED, 2);
      List<Set<Integer>> expected = new ArrayList<>();
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Set<Integer> mine = new TreeSet<>();
        List<Integer> below = new ArrayList<>();
        for (int k = random.nextInt(4); k > 0 && i > 0; k--) {
          below.add(random.nextInt(i));
        }
        List<Integer> own = random.ints(random.nextInt(6), 0, 400).boxed().toList();
        mine.addAll(own);
        below.forEach(b -> mine.addAll(expected.get(b)));
        expected.add(mine);
        keys.add("node " + i);
        fresh.get(
            keys.get(i),
            () -> {
              own.forEach(fresh::read);
              below.forEach(b -> fresh.get(keys.get(b), () -> "known"));
              return "value";
            });
      }
      Footprints all = fresh.footprints(keys);
      for (int input = 0; input < 400; input++) {
        BitSet touched = all.touched(Set.of(input));
        for (int i = 0; i < expected.size(); i++) {
          assertEquals(expected.get(i).contains(input), touched.get(i), keys.get(i));
        }
      }
    }
  }
}
