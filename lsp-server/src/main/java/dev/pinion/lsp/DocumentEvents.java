// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;

/** Passes what happens to documents on to the session, if there is one. */
final class DocumentEvents implements TextDocumentService {
  private final Analyzer analyzer;
  private final Supplier<Optional<Session>> session;
  private volatile ClientFeatures features = ClientFeatures.NONE;

  DocumentEvents(Analyzer analyzer, Supplier<Optional<Session>> session) {
    this.analyzer = analyzer;
    this.session = session;
  }

  void use(ClientFeatures client) {
    features = client;
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    TextDocumentItem item = params.getTextDocument();
    session.get().ifPresent(s -> s.opened(item.getUri(), item.getVersion(), item.getText()));
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    VersionedTextDocumentIdentifier id = params.getTextDocument();
    session
        .get()
        .ifPresent(s -> s.changed(id.getUri(), id.getVersion(), params.getContentChanges()));
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    session.get().ifPresent(s -> s.saved(params.getTextDocument().getUri()));
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    session.get().ifPresent(s -> s.closed(params.getTextDocument().getUri()));
  }

  @Override
  public CompletableFuture<@Nullable Hover> hover(HoverParams params) {
    Range place = new Range(params.getPosition(), params.getPosition());
    List<Shown> shown = shown(params.getTextDocument().getUri(), place);
    return CompletableFuture.completedFuture(
        new Hovers(analyzer, features).over(shown).orElse(null));
  }

  /** Never fails: an editor shows a failure to whoever only moved the cursor. */
  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    if (params.getTextDocument() == null || params.getRange() == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    List<Shown> shown = shown(params.getTextDocument().getUri(), params.getRange());
    return CompletableFuture.completedFuture(new CodeActions(features).about(shown));
  }

  private List<Shown> shown(String uri, Range place) {
    return session.get().map(s -> s.publisher().at(uri, place)).orElse(List.of());
  }
}
