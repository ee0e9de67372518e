// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Settled answers that somebody knows from elsewhere. */
class LentAnswersTest {
  private static final Digest DIGEST = value -> OptionalLong.of(value.hashCode());
  private static final int INPUT = 7;

  private final Map<String, Integer> computed = new TreeMap<>();
  private int input = 1;

  private int table(Queries queries) {
    return queries.settled(
        "table",
        () -> {
          computed.merge("table", 1, Integer::sum);
          queries.read(INPUT);
          return input * 10;
        });
  }

  private int asker(Queries queries) {
    return queries.get(
        "asker",
        () -> {
          computed.merge("asker", 1, Integer::sum);
          return table(queries) + 1;
        });
  }

  /** The name that footprints have for the table. */
  private long name() {
    Queries queries = new Queries(Queries.Mode.NOTED, 2, DIGEST);
    queries.get("asker", () -> queries.settled("table", () -> manyOf(queries)));
    return queries.footprints(List.of("asker")).footprints().settled().get(0).name();
  }

  private static int manyOf(Queries queries) {
    for (int i = 0; i < 100; i++) {
      queries.read(i);
    }
    return 0;
  }

  private Queries.Lender lender(int value) {
    long name = name();
    return asked -> asked == name ? Optional.of(value) : Optional.empty();
  }

  @Test
  void whatIsLentIsNotComputedWhereNothingEverChanges() {
    Queries queries = new Queries(Queries.Mode.ONCE, 2, DIGEST);
    queries.lend(lender(10));
    assertEquals(11, asker(queries));
    assertEquals(Map.of("asker", 1), computed);
    assertEquals(Optional.of(10), queries.settledNow(name()));
  }

  @Test
  void whatNobodyKnowsIsComputed() {
    Queries queries = new Queries(Queries.Mode.LIVE, 2, DIGEST);
    queries.lend(name -> Optional.empty());
    assertEquals(11, asker(queries));
    input = 2;
    queries.changed(List.of(INPUT));
    assertEquals(21, asker(queries));
  }

  @Test
  void aChangeEndsTheLoan() {
    Queries queries = new Queries(Queries.Mode.LIVE, 2, DIGEST);
    queries.lend(lender(10));
    assertEquals(11, asker(queries));
    assertEquals(Map.of("asker", 1), computed);
    input = 2;
    queries.changed(List.of(INPUT));
    assertEquals(21, asker(queries));
    assertEquals(Map.of("asker", 2, "table", 1), computed);
  }

  @Test
  void whatIsLentAgainAndIsTheSameLeavesAskersAlone() {
    Queries queries = new Queries(Queries.Mode.LIVE, 2, DIGEST);
    queries.lend(lender(10));
    assertEquals(11, asker(queries));
    queries.changed(List.of(1234));
    queries.lend(lender(10));
    assertEquals(11, asker(queries));
    assertEquals(Map.of("asker", 1), computed);
    queries.changed(List.of(1234));
    queries.lend(lender(20));
    assertEquals(21, asker(queries));
    assertEquals(Map.of("asker", 2), computed);
  }

  @Test
  void whatWasComputedBeforeIsNotLost() {
    Queries queries = new Queries(Queries.Mode.LIVE, 2, DIGEST);
    assertEquals(11, asker(queries));
    queries.lend(lender(10));
    assertEquals(11, asker(queries));
    assertEquals(11, table(queries) + 1);
    input = 2;
    queries.changed(List.of(INPUT));
    assertEquals(21, asker(queries));
  }

  @Test
  void whereNotesAreTakenNothingIsLent() {
    Queries queries = new Queries(Queries.Mode.NOTED, 2, DIGEST);
    assertThrows(IllegalStateException.class, () -> queries.lend(name -> Optional.empty()));
  }
}
