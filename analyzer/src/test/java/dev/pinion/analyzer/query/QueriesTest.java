// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class QueriesTest {
  private final Queries queries =
      new Queries(Queries.Mode.LIVE, 2, value -> OptionalLong.of(value.hashCode()));
  private final Map<String, Integer> values = new HashMap<>();
  private final List<String> computed = new ArrayList<>();

  private int read(String name) {
    queries.read(Queries.number(name));
    return values.getOrDefault(name, 0);
  }

  private void set(String name, int value) {
    values.put(name, value);
    queries.changed(List.of(Queries.number(name)));
  }

  private <T> T get(String key, Supplier<T> compute) {
    return queries.get(
        key,
        () -> {
          computed.add(key);
          return compute.get();
        });
  }

  private int sign(String name) {
    return get("sign of " + name, () -> Integer.signum(read(name)));
  }

  private String shown(String name) {
    return get("shown " + name, () -> "sign " + sign(name));
  }

  @Test
  void anAnswerIsComputedOnce() {
    assertEquals("sign 0", shown("a"));
    assertEquals("sign 0", shown("a"));
    assertEquals(List.of("shown a", "sign of a"), computed);
  }

  @Test
  void whatHangsOnAnEqualAnswerIsLeftAlone() {
    set("a", 5);
    shown("a");
    computed.clear();
    set("a", 7);
    assertEquals("sign 1", shown("a"));
    assertEquals(List.of("sign of a"), computed);
    set("a", -7);
    assertEquals("sign -1", shown("a"));
  }

  @Test
  void whatDidNotReadTheInputIsLeftAlone() {
    shown("a");
    shown("b");
    computed.clear();
    set("b", 1);
    assertEquals("sign 0", shown("a"));
    assertEquals(List.of(), computed);
  }

  @Test
  void aChangeThatNobodyAskedAboutIsNotForgotten() {
    shown("a");
    set("a", 1);
    set("b", 1);
    set("b", 2);
    assertEquals("sign 1", shown("a"));
  }

  /** What was read behind a condition is not read any more once the condition is another. */
  @Test
  void readsAreLookedAtInTheirOrder() {
    values.put("divisor", 2);
    Supplier<Integer> quotient = () -> get("quotient", () -> 10 / read("divisor"));
    Supplier<Integer> guarded =
        () -> get("guarded", () -> sign("divisor") == 0 ? -1 : quotient.get());
    assertEquals(5, guarded.get());
    set("divisor", 0);
    assertEquals(-1, guarded.get());
  }

  @Test
  void aComputationThatFailsIsTriedAgain() {
    Supplier<Integer> quotient = () -> get("quotient", () -> 10 / read("divisor"));
    assertThrows(ArithmeticException.class, quotient::get);
    assertThrows(ArithmeticException.class, quotient::get);
    set("divisor", 5);
    assertEquals(2, quotient.get());
  }

  @Test
  void aDroppedAnswerIsMadeAgainAndKeepsWhatHangsOnIt() {
    Supplier<String> sum =
        () ->
            get(
                "sum",
                () ->
                    List.of("a", "b", "c").stream()
                        .map(n -> queries.recent("big " + n, () -> "" + read(n)))
                        .toList()
                        .toString());
    assertEquals("[0, 0, 0]", sum.get());
    set("a", 3);
    assertEquals("[3, 0, 0]", sum.get());
    set("c", 4);
    assertEquals("[3, 0, 4]", sum.get());
  }

  private int total() {
    return queries.settled(
        "total",
        () -> {
          computed.add("total");
          return read("a") + read("b");
        });
  }

  private boolean isLarge() {
    return queries.settled("large", () -> total() > 10);
  }

  @Test
  void aSettledAnswerStandsForItsInputs() {
    Supplier<String> size = () -> get("size", () -> isLarge() ? "large" : "small");
    assertEquals("small", size.get());
    computed.clear();
    set("a", 1);
    assertEquals(List.of("total"), computed, "at once");
    assertEquals("small", size.get());
    assertEquals(List.of("total"), computed);
    set("b", 20);
    assertEquals("large", size.get());
    set("b", 0);
    assertEquals("small", size.get());
  }

  /** One that was there before what it reads was: it is looked at first, and again. */
  @Test
  void settledAnswersSettleInAnyOrder() {
    Supplier<Integer> outer =
        () -> queries.settled("outer", () -> read("switch") == 0 ? 0 : 1 + total());
    assertEquals(0, outer.get());
    set("switch", 1);
    assertEquals(1, outer.get());
    set("a", 4);
    assertEquals(5, outer.get());
    Supplier<Integer> reader = () -> get("reader", () -> outer.get() * 10);
    assertEquals(50, reader.get());
    set("b", 1);
    assertEquals(60, reader.get());
  }

  /** Edges of a graph are inputs; what is reachable is asked of all its nodes, in rings too. */
  @Test
  void ringsAreSolvedAsFromScratch() {
    Random random = new Random(3);
    Fixpoint<Integer, Integer> least = new Fixpoint<>(queries, this::least);
    for (int i = 0; i < 3000; i++) {
      set("edge " + random.nextInt(12), random.nextInt(13) - 1);
      for (int ask = 0; ask < 4; ask++) {
        int node = random.nextInt(12);
        assertEquals(fromScratch(node), least.of(node), "after " + i + " at " + node);
      }
    }
  }

  /** The smallest number on the way to a node, of which each has one way in; empty for a ring. */
  private Optional<Integer> least(int node, Fixpoint.Values<Integer, Integer> others) {
    int from = read("edge " + node);
    return from < 0 ? Optional.of(node) : others.of(from).map(v -> Math.min(v, node));
  }

  private Optional<Integer> fromScratch(int node) {
    int least = node;
    int at = node;
    for (int i = 0; i < 20; i++) {
      int from = values.getOrDefault("edge " + at, 0);
      if (from < 0) {
        return Optional.of(least);
      }
      at = from;
      least = Math.min(least, at);
    }
    return Optional.empty();
  }
}
