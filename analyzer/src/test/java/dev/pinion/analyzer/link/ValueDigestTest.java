// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Position;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ValueDigestTest {
  private static final String FILE = EditedFile.PATH;

  private record Use(FunctionRef function, Position position, String name) {}

  private record In(String file, List<Position> positions) {}

  private record Lined(FunctionRef function, int endLine) {}

  private record Bare(Position position) {}

  private static long of(Object value, Map<String, Moves> moves) {
    return new ValueDigest(moves).of(value).orElseThrow();
  }

  private static long of(Object value) {
    return of(value, Map.of());
  }

  private static Use use(int index, int line) {
    return new Use(new FunctionRef(FILE, index, "f"), new Position(line, 3), "x");
  }

  @Test
  void equalValuesHaveOneNumber() {
    assertEquals(of(List.of("a", 1)), of(new ArrayList<>(List.of("a", 1))));
    assertEquals(of(new TreeSet<>(Set.of("a", "b"))), of(new LinkedHashSet<>(List.of("b", "a"))));
    assertEquals(
        of(new TreeMap<>(Map.of("a", 1, "b", 2))), of(new HashMap<>(Map.of("b", 2, "a", 1))));
    assertEquals(of(use(0, 4)), of(use(0, 4)));
  }

  @Test
  void othersHaveAnother() {
    List<Object> all =
        List.of(
            List.of(),
            Set.of(),
            Map.of(),
            Optional.empty(),
            List.of("a", "b"),
            List.of("b", "a"),
            List.of("ab"),
            List.of(List.of("a"), "b"),
            Set.of("a"),
            Set.of(Set.of("a")),
            Map.of("a", "b"),
            Map.of("b", "a"),
            Optional.of("a"),
            true,
            1,
            use(0, 4),
            use(1, 4),
            use(0, 5),
            new Location(FILE, 4, 3));
    assertEquals(all.size(), all.stream().map(ValueDigestTest::of).distinct().count());
  }

  @Test
  void whatIsNoRecordHasNone() {
    assertFalse(new ValueDigest(Map.of()).of(List.of(new Object())).isPresent());
    assertFalse(new ValueDigest(Map.of()).of(new BitSet()).isPresent());
    Lined lined = new Lined(new FunctionRef(FILE, 0, "f"), 7);
    assertFalse(new ValueDigest(Map.of()).of(lined).isPresent(), "a line that nobody can move");
  }

  @Test
  void placesCountAsWhereTheyWere() {
    Map<String, Moves> moves =
        EditedFile.moves(
            "void e(void)\n{\n}\nvoid f(void)\n{\n\tg();\n}\n",
            "void d(void)\n{\n}\n\nvoid e(void)\n{\n}\nvoid f(void)\n{\n\tg();\n}\n");
    assertEquals(of(use(1, 6)), of(use(2, 10), moves));
    assertNotEquals(of(use(1, 6)), of(use(2, 9), moves));
    assertEquals(of(new Location(FILE, 6, 1)), of(new Location(FILE, 10, 1), moves));
    assertNotEquals(of(use(0, 2)), of(use(0, 2), moves), "that function was not there");
    assertEquals(
        of(new In(FILE, List.of(new Position(6, 1)))),
        of(new In(FILE, List.of(new Position(10, 1))), moves));
    assertEquals(of(new In("b.c", List.of())), of(new In("b.c", List.of()), moves));
  }

  @Test
  void withinAFunctionThatIsAnotherItsBeginningCounts() {
    Map<String, Moves> moves =
        EditedFile.moves(
            "int a;\nvoid f(void)\n{\n\tg();\n}\n",
            "int a;\nint b;\nvoid f(void)\n{\n\tg();\n\th();\n}\n");
    assertEquals(of(use(0, 4)), of(use(0, 5), moves));
    assertNotEquals(of(use(0, 4)), of(use(0, 6), moves));
  }

  @Test
  void aPlaceInNobodyKnowsWhichFileIsUnsure() {
    Map<String, Moves> moves = EditedFile.moves("void f(void)\n{\n}\n", "void f(void)\n{\n}\n");
    Bare bare = new Bare(new Position(2, 1));
    assertEquals(of(bare), of(bare));
    assertNotEquals(of(bare), of(bare, moves));
  }

  @Test
  void whereFunctionsHaveChangedPlacesNothingIsSure() {
    String e = "void e(void)\n{\n}\n";
    String f = "void f(void)\n{\n}\n";
    assertNotEquals(of(use(1, 5)), of(use(0, 2), EditedFile.moves(e + f, f + e)));
  }
}
