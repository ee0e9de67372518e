// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentIdentifier;

/** Parameters of requests about a place in a file. 0-based. */
final class Requests {
  private Requests() {}

  static HoverParams hover(Path file, int line, int character) {
    return new HoverParams(
        new TextDocumentIdentifier(Uris.of(file)), new Position(line, character));
  }

  static CodeActionParams codeAction(Path file, int line, int character) {
    Position place = new Position(line, character);
    return new CodeActionParams(
        new TextDocumentIdentifier(Uris.of(file)),
        new Range(place, place),
        new CodeActionContext(List.of()));
  }

  /** The same for some kinds of actions only. */
  static CodeActionParams codeAction(Path file, int line, int character, String... kinds) {
    CodeActionParams params = codeAction(file, line, character);
    params.getContext().setOnly(List.of(kinds));
    return params;
  }
}
