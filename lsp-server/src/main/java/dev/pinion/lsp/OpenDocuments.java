// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.jspecify.annotations.Nullable;

/** The buffers that are open now. Safe for several threads; what it hands out never changes. */
final class OpenDocuments {
  private final TreeMap<String, OpenDocument> byUri = new TreeMap<>();
  private long revisions;

  synchronized OpenDocument open(
      String uri, Optional<OpenDocument.Place> place, @Nullable Integer version, String text) {
    OpenDocument document = new OpenDocument(uri, place, version, ++revisions, text);
    byUri.put(uri, document);
    return document;
  }

  /** Applies changes in order; empty if the document is not open. */
  synchronized Optional<OpenDocument> change(
      String uri, @Nullable Integer version, List<TextDocumentContentChangeEvent> changes) {
    OpenDocument old = byUri.get(uri);
    if (old == null) {
      return Optional.empty();
    }
    String text = old.text();
    for (TextDocumentContentChangeEvent change : changes) {
      text =
          change.getRange() == null
              ? change.getText()
              : Lines.of(text).replace(change.getRange(), change.getText());
    }
    return Optional.of(open(uri, old.place(), version, text));
  }

  synchronized Optional<OpenDocument> close(String uri) {
    return Optional.ofNullable(byUri.remove(uri));
  }

  synchronized Optional<OpenDocument> get(String uri) {
    return Optional.ofNullable(byUri.get(uri));
  }

  /** All of them, sorted by URI. */
  synchronized List<OpenDocument> all() {
    return List.copyOf(byUri.values());
  }

  /** Those in one tree, sorted by URI. */
  List<OpenDocument> in(Path root) {
    List<OpenDocument> found = new ArrayList<>();
    for (OpenDocument document : all()) {
      if (document.isIn(root)) {
        found.add(document);
      }
    }
    return found;
  }

  /** Moves a document to another place, when the trees around it are not the same any more. */
  synchronized void place(String uri, Optional<OpenDocument.Place> place) {
    byUri.computeIfPresent(
        uri, (u, old) -> new OpenDocument(u, place, old.version(), ++revisions, old.text()));
  }
}
