// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ValueCodecTest {
  private static final String FILE = EditedFile.PATH;
  private static final String E = "void e(void)\n{\n}\n";
  private static final String F = "void f(void)\n{\n\tg();\n}\n";

  private enum Kind {
    GET,
    PUT {
      @Override
      public String toString() {
        return "another class";
      }
    }
  }

  private record Table(
      SortedMap<String, List<Kind>> kinds, Set<Optional<Location>> places, OptionalInt argument) {}

  private record Use(Position position, FunctionRef function) {}

  private static Optional<Object> again(Object value, Map<String, Moves> moves) {
    return ValueCodec.encode(value).flatMap(bytes -> ValueCodec.decode(bytes, moves));
  }

  private static Use use(int index, int line) {
    return new Use(new Position(line, 2), new FunctionRef(FILE, index, "f"));
  }

  @Test
  void valuesAreReadAsTheyWereWritten() {
    List<Object> all =
        List.of(
            "text",
            -3,
            true,
            Kind.PUT,
            use(1, 6),
            new Location("b.c", 3, 4),
            List.of(List.of(), Set.of("a"), Map.of("a", 1)),
            new Table(
                new TreeMap<>(Map.of("a", List.of(Kind.GET), "b", List.of())),
                new TreeSet<>(Set.of()),
                OptionalInt.of(2)),
            new Table(
                new TreeMap<>(),
                Set.of(Optional.empty(), Optional.of(new Location(FILE, 1, 1))),
                OptionalInt.empty()));
    for (Object value : all) {
      assertEquals(Optional.of(value), again(value, Map.of()));
    }
  }

  @Test
  void placesAreWhereTheyHaveMovedTo() {
    Map<String, Moves> moves =
        EditedFile.moves(E + F, "void d(void);\nvoid c(void)\n{\n}\n" + E + F);
    assertEquals(Optional.of(use(2, 10)), again(use(1, 6), moves));
    assertEquals(Optional.of(new Location(FILE, 10, 2)), again(new Location(FILE, 6, 2), moves));
    assertEquals(Optional.of(new Location("b.c", 6, 2)), again(new Location("b.c", 6, 2), moves));
    assertEquals(Optional.of(use(2, 0)), again(use(1, 0), moves), "an unknown line stays so");
  }

  @Test
  void whatIsNotSureIsNotRead() {
    assertEquals(
        Optional.empty(), again(use(1, 6), EditedFile.moves(E + F, F + E)), "changed places");
    assertEquals(Optional.empty(), again(use(1, 6), EditedFile.moves(E + F, E)), "gone");
    Map<String, Moves> edited = EditedFile.moves(E + F, E + F.replace("g()", "h()"));
    assertEquals(Optional.empty(), again(use(1, 6), edited), "in what has been edited");
    assertEquals(Optional.of(use(1, 0)), again(use(1, 0), edited));
    assertEquals(Optional.empty(), again(new Position(6, 1), edited), "of whatever file");
  }

  @Test
  void whatCannotBeReadIsNotWritten() {
    assertEquals(Optional.empty(), ValueCodec.encode(List.of(new BitSet())));
    assertEquals(
        Optional.empty(), ValueCodec.encode(new TreeMap<>(Comparator.<String>reverseOrder())));
    assertEquals(
        Optional.empty(), ValueCodec.encode(new TreeSet<>(Comparator.<String>reverseOrder())));
  }

  @Test
  void bytesOfSomethingElseAreNoValue() {
    byte[] bytes = ValueCodec.encode(List.of("a", use(1, 6))).orElseThrow();
    for (int length = 2; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertEquals(Optional.empty(), ValueCodec.decode(cut, Map.of()), length + " bytes");
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    byte[] foreign =
        text.replace("dev.pinion.", "dev.eleven.").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(Optional.empty(), ValueCodec.decode(foreign, Map.of()));
    byte[] gone = text.replace("Test$Use", "Test$Usx").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(Optional.empty(), ValueCodec.decode(gone, Map.of()));
  }
}
