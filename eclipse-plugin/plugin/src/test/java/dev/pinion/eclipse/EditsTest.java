// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.eclipse.server.Lines;
import java.util.List;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.Document;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.junit.jupiter.api.Test;

class EditsTest {
  /** All of them are about the text as it was, in whatever order they come. */
  @Test
  void editsDoNotMoveEachOther() throws BadLocationException {
    Document document = new Document("a\nlist_del(x);\r\nlist_del(y);\n");
    Edits.together(
            List.of(
                Either.forLeft(edit(2, 0, 8, "list_del_rcu")),
                Either.forLeft(edit(1, 0, 8, "list_del_rcu")),
                Either.forLeft(edit(0, 0, 0, "// "))),
            new Lines(document.get()))
        .apply(document);
    assertEquals("// a\nlist_del_rcu(x);\r\nlist_del_rcu(y);\n", document.get());
  }

  private static TextEdit edit(int line, int from, int to, String with) {
    return new TextEdit(new Range(new Position(line, from), new Position(line, to)), with);
  }
}
