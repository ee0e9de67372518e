// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.services.LanguageServer;

/**
 * The open documents of a tree, and what its server has been told of them. A text is ahead of what
 * is told of it, so a change that the server has already, as part of a whole text, is not told
 * again. For one thread.
 */
final class Documents {
  private static final int UNKNOWN = 0;

  /** A document, and which version of it the server has. */
  private static final class Sent {
    final OpenText text;
    int version = UNKNOWN;

    Sent(OpenText text) {
      this.text = text;
    }
  }

  private final Map<String, Sent> documents = new LinkedHashMap<>();

  /** Adds a document; false if it is there already. */
  boolean add(OpenText text) {
    Sent known = documents.get(text.uri());
    if (known != null && known.text == text) {
      return false;
    }
    documents.put(text.uri(), new Sent(text));
    return true;
  }

  void remove(String uri) {
    documents.remove(uri);
  }

  List<String> uris() {
    return List.copyOf(documents.keySet());
  }

  /** Another server knows nothing of what this one was told. */
  void forgetSent() {
    documents.values().forEach(sent -> sent.version = UNKNOWN);
  }

  void openAll(LanguageServer server) {
    documents.keySet().forEach(uri -> open(uri, server));
  }

  void open(String uri, LanguageServer server) {
    Sent sent = documents.get(uri);
    if (sent != null) {
      OpenText.State state = sent.text.state();
      sent.version = state.version();
      TextDocumentItem item = new TextDocumentItem(uri, "c", state.version(), state.text());
      server.getTextDocumentService().didOpen(new DidOpenTextDocumentParams(item));
    }
  }

  void change(String uri, OpenText.Change change, LanguageServer server) {
    Sent sent = documents.get(uri);
    if (sent != null && sent.version != UNKNOWN && change.version() > sent.version) {
      sent.version = change.version();
      VersionedTextDocumentIdentifier id =
          new VersionedTextDocumentIdentifier(uri, change.version());
      server
          .getTextDocumentService()
          .didChange(new DidChangeTextDocumentParams(id, List.of(change.event())));
    }
  }

  void save(String uri, LanguageServer server) {
    if (documents.containsKey(uri)) {
      server
          .getTextDocumentService()
          .didSave(new DidSaveTextDocumentParams(new TextDocumentIdentifier(uri)));
    }
  }

  void close(String uri, LanguageServer server) {
    if (documents.containsKey(uri)) {
      server
          .getTextDocumentService()
          .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri)));
    }
  }
}
