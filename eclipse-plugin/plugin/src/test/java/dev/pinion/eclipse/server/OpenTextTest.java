// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTextTest {
  private static final String[] PIECES = {
    "", "x", "\n", "list_del();\n", "\u00e4\ud83d\ude00", "\n\n", "}"
  };

  /** What a server makes of the changes is the text that the editor has. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aServerThatFollowsHasTheSameText(long seed) {
    Random random = new Random(seed);
    String followed = "int f(void)\n{\n\treturn 0;\n}\n";
    OpenText text = new OpenText("file:///f.c", followed);
    for (int i = 0; i < 300; i++) {
      int offset = random.nextInt(text.length() + 1);
      int length = random.nextInt(Math.min(9, text.length() - offset) + 1);
      OpenText.Change change = text.replace(offset, length, PIECES[random.nextInt(PIECES.length)]);
      followed = applied(change.event(), followed);
      assertEquals(text.state().text(), followed, "after change " + i);
      assertEquals(i + 2, change.version());
    }
  }

  @Test
  void allOfItIsReplacedWithoutARange() {
    OpenText text = new OpenText("file:///f.c", "a");
    OpenText.Change change = text.reset("b\nc");
    assertNull(change.event().getRange());
    assertEquals("b\nc", change.event().getText());
    assertEquals(new OpenText.State(2, "b\nc"), text.state());
  }

  @Test
  void whatIsNotInTheTextCannotBeReplaced() {
    OpenText text = new OpenText("file:///f.c", "abc");
    assertThrows(StringIndexOutOfBoundsException.class, () -> text.replace(4, 0, "x"));
  }

  private static String applied(TextDocumentContentChangeEvent change, String text) {
    Lines lines = new Lines(text);
    return text.substring(0, lines.offset(change.getRange().getStart()))
        + change.getText()
        + text.substring(lines.offset(change.getRange().getEnd()));
  }
}
