// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "\n", "ab\ncd", "ab\r\ncd\r\n", "a\rb\n\nc", "\u00e4\ud83d\ude00\n"})
  void offsetsComeBack(String text) {
    Lines lines = new Lines(text);
    for (int offset = 0; offset <= text.length(); offset++) {
      Position position = lines.position(offset);
      // The protocol has no place between the two characters of one line's end.
      boolean inside = offset > 0 && text.startsWith("\r\n", offset - 1);
      assertEquals(inside ? offset - 1 : offset, lines.offset(position), "at " + offset);
    }
  }

  @Test
  void linesAndUnitsAreCounted() {
    Lines lines = new Lines("int a;\r\n\ud83d\ude00b");
    assertEquals(new Position(0, 6), lines.position(6));
    assertEquals(new Position(1, 0), lines.position(8));
    assertEquals(new Position(1, 2), lines.position(10));
    assertEquals(10, lines.offset(new Position(1, 2)));
  }

  @Test
  void whatIsOutsideIsTakenToTheNearestPlace() {
    Lines lines = new Lines("ab\ncd\n");
    assertEquals(2, lines.offset(new Position(0, 9)));
    assertEquals(5, lines.offset(new Position(1, Integer.MAX_VALUE)));
    assertEquals(6, lines.offset(new Position(7, 0)));
    assertEquals(new Position(2, 0), lines.position(99));
    assertEquals(new Position(0, 0), lines.position(-1));
  }
}
