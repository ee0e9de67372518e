// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FootprintsTest {
  private static final Digest DIGEST = value -> OptionalLong.of(value.hashCode());

  private Queries queries = new Queries(Queries.Mode.LIVE, 2, DIGEST);
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

  private Footprints footprints(List<String> keys) {
    return queries.footprints(keys).footprints();
  }

  /** The answers that do not hold any more. */
  private static BitSet touched(Footprints all, Set<Integer> changed) {
    Standing standing = new Standing(all, changed, settled -> Optional.empty());
    BitSet touched = new BitSet();
    IntStream.range(0, all.answers()).filter(a -> !standing.holds(a)).forEach(touched::set);
    return touched;
  }

  private Set<Integer> of(Footprints all, int answer) {
    return new TreeSet<>(
        touched(all, Set.of()).isEmpty()
            ? inputs.stream()
                .filter(n -> touched(all, Set.of(n)).get(answer))
                .collect(Collectors.toSet())
            : Set.of());
  }

  @ParameterizedTest
  @EnumSource(names = {"LIVE", "NOTED"})
  void whatIsReadByAnswersInBetweenCounts(Queries.Mode mode) {
    queries = new Queries(mode, 2, DIGEST);
    sum("low", List.of(1, 2), List.of());
    sum("high", List.of(3), List.of("low"));
    Footprints all = footprints(List.of("low", "high"));
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
    Footprints all = footprints(askers);
    assertEquals(51, all.size());
    int told = 0;
    for (int part = 0; part < all.size(); part++) {
      told += all.inputsOf(part).length + all.partsOf(part).length;
    }
    assertEquals(1000 + 50 * 2, told);
    assertEquals(50, touched(all, Set.of(7)).cardinality());
    assertEquals(1, touched(all, Set.of(2003)).cardinality());
    assertTrue(touched(all, Set.of(5000)).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"LIVE", "NOTED"})
  void valuesInARingHangOnAllThatAnyOfThemReads(Queries.Mode mode) {
    queries = new Queries(mode, 2, DIGEST);
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
    Footprints all = footprints(List.of("asker", "other"));
    assertEquals(Set.of(5, 100, 101, 102), of(all, 0));
    assertEquals(Set.of(100, 101, 102), of(all, 1));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIVE", "NOTED"})
  void whatSettledAndRecentAnswersReadCounts(Queries.Mode mode) {
    queries = new Queries(mode, 2, DIGEST);
    for (int i = 10; i < 20; i++) {
      int number = i;
      queries.get("reader " + i, () -> queries.recent("large " + number, () -> read(number)));
    }
    assertEquals(Set.of(11), of(footprints(List.of("reader 11")), 0));
    queries.get("asker", () -> queries.settled("table", () -> read(1) + read(2)) + read(3));
    assertEquals(Set.of(1, 2, 3), of(footprints(List.of("asker")), 0));
  }

  /** Ten askers of a table of twenty inputs, each with an input of its own. */
  private Footprints ofTable(Digest digest) {
    queries = new Queries(Queries.Mode.NOTED, 2, digest);
    List<String> askers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int own = 100 + i;
      askers.add("asker " + i);
      queries.get(
          askers.get(i),
          () ->
              read(own)
                  + queries.<Integer>settled(
                      "table", () -> IntStream.range(0, 20).map(this::read).sum()));
    }
    return queries.footprints(askers).footprints();
  }

  @Test
  void whatHangsOnASettledAnswerHangsOnItsValue() {
    Footprints all = ofTable(DIGEST);
    assertEquals(1, all.settled().size());
    assertEquals(190, all.settled().get(0).digest());
    List<Optional<Boolean>> known = new ArrayList<>(List.of(Optional.empty()));
    Standing standing = new Standing(all, Set.of(3, 104), settled -> known.get(0));
    assertEquals(List.of(), holding(standing, all), "nobody knows the table yet");
    known.set(0, Optional.of(true));
    assertEquals(List.of(0, 1, 2, 3, 5, 6, 7, 8, 9), holding(standing, all));
    known.set(0, Optional.of(false));
    assertEquals(9, holding(standing, all).size(), "what is known of a state stays");
    Standing other = new Standing(all, Set.of(3), settled -> known.get(0));
    assertEquals(List.of(), holding(other, all));
    Standing aside = new Standing(all, Set.of(104), settled -> Optional.empty());
    assertEquals(9, holding(aside, all).size(), "nothing of the table is another");
  }

  @Test
  void aSettledAnswerWithoutANumberIsSeenThrough() {
    Footprints all =
        ofTable(
            value ->
                value instanceof String ? OptionalLong.of(value.hashCode()) : OptionalLong.empty());
    assertEquals(List.of(), all.settled());
    assertEquals(Set.of(0, 1, 105), intersection(of(all, 5), Set.of(0, 1, 104, 105)));
  }

  @Test
  void aSettledAnswerOfOthersIsWhatTheyAre() {
    queries = new Queries(Queries.Mode.NOTED, 2, DIGEST);
    queries.get(
        "asker",
        () ->
            queries.<Integer>settled(
                "upper",
                () ->
                    IntStream.range(50, 70).map(this::read).sum()
                        + queries.<Integer>settled(
                            "lower", () -> IntStream.range(0, 20).map(this::read).sum())));
    Footprints all = queries.footprints(List.of("asker")).footprints();
    assertEquals(2, all.settled().size());
    long lower = all.settled().get(0).name();
    Standing same =
        new Standing(
            all, Set.of(3), s -> s.name() == lower ? Optional.of(true) : Optional.<Boolean>empty());
    assertTrue(same.holds(0), "the upper one is made of what is the same");
    Standing other =
        new Standing(
            all,
            Set.of(3),
            s -> s.name() == lower ? Optional.of(false) : Optional.<Boolean>empty());
    assertTrue(!other.holds(0));
    Standing equal = new Standing(all, Set.of(3), s -> Optional.of(s.name() != lower));
    assertTrue(equal.holds(0), "it came out the same all the same");
  }

  private static List<Integer> holding(Standing standing, Footprints all) {
    return IntStream.range(0, all.answers()).filter(standing::holds).boxed().toList();
  }

  private static Set<Integer> intersection(Set<Integer> a, Set<Integer> b) {
    Set<Integer> both = new TreeSet<>(a);
    both.retainAll(b);
    return both;
  }

  @Test
  void aSecondWalkSeesWhatHasChangedInBetween() {
    boolean[] more = {false};
    Runnable ask = () -> queries.get("a", () -> read(1) + (more[0] ? read(2) : 0));
    ask.run();
    assertEquals(Set.of(1), of(footprints(List.of("a")), 0));
    more[0] = true;
    queries.changed(List.of(1));
    ask.run();
    assertEquals(Set.of(1, 2), of(footprints(List.of("a")), 0));
  }

  @Test
  void anAnswerThatNobodyKnowsIsRefused() {
    assertThrows(IllegalStateException.class, () -> footprints(List.of("nobody")));
    Queries once = new Queries(Queries.Mode.ONCE, 2, DIGEST);
    once.get("known", () -> "value");
    assertThrows(IllegalStateException.class, () -> once.footprints(List.of("known")));
  }

  /** Against a walk without parts. */
  @Test
  void isWhatCanBeReachedInRandomGraphs() {
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      Queries fresh = new Queries(Queries.Mode.NOTED, 2, DIGEST);
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
      Footprints all = fresh.footprints(keys).footprints();
      for (int input = 0; input < 400; input++) {
        BitSet touched = touched(all, Set.of(input));
        for (int i = 0; i < expected.size(); i++) {
          assertEquals(expected.get(i).contains(input), touched.get(i), keys.get(i));
        }
      }
    }
  }
}
