// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.atlas.FieldAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;

/** Passes what happens to documents on to the session, if there is one. */
final class DocumentEvents implements TextDocumentService {
  /** After so long a hover says what it knows by then. */
  private static final long ATLAS_SECONDS = 4;

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

  /** What is shown there, and what the atlas knows of the word, unless that takes too long. */
  @Override
  public CompletableFuture<@Nullable Hover> hover(HoverParams params) {
    String uri = params.getTextDocument().getUri();
    Position position = params.getPosition();
    List<Shown> shown = shown(uri, new Range(position, position));
    Hovers hovers = new Hovers(analyzer, features);
    Optional<Session> now = session.get();
    Optional<OpenDocument> document = now.flatMap(s -> s.documents().get(uri));
    if (document.isEmpty()) {
      return CompletableFuture.completedFuture(hovers.over(shown).orElse(null));
    }
    CompletableFuture<String> known =
        now.get()
            .questions()
            .about(document.get(), position)
            .completeOnTimeout("", ATLAS_SECONDS, TimeUnit.SECONDS);
    return Cancelling.both(
        known.thenApply(text -> hovers.over(shown, text, document.get(), position).orElse(null)),
        known);
  }

  @Override
  public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
    Optional<Session> now = session.get();
    Optional<OpenDocument> document =
        now.flatMap(s -> s.documents().get(params.getTextDocument().getUri()));
    if (document.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    CompletableFuture<List<FieldAnswer>> lists = now.get().questions().rcuLists(document.get());
    return Cancelling.both(lists.thenApply(found -> new Lenses(document.get()).of(found)), lists);
  }

  /** Never fails: an editor shows a failure to whoever only moved the cursor. */
  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    if (params.getTextDocument() == null || params.getRange() == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    String uri = params.getTextDocument().getUri();
    Optional<Session> now = session.get();
    Optional<OpenDocument> document = now.flatMap(s -> s.documents().get(uri));
    Wanted wanted = Wanted.of(params.getContext());
    List<Shown> shown = wanted.quickFixes() ? shown(uri, params.getRange()) : List.of();
    if (document.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    List<Either<Command, CodeAction>> explaining =
        new CodeActions(uri, now.get().settings()).about(shown);
    // What is shown of an older state of the buffer is explained, and never edited.
    List<Shown> all = now.get().publisher().of(document.get());
    List<Shown> here = all.stream().filter(shown::contains).toList();
    FixActions actions = new FixActions(features, document.get());
    CompletableFuture<List<CodeAction>> quick =
        now.get()
            .questions()
            .fixes(document.get(), here, Analysis.Fixing.ALONE)
            .thenApply(fixes -> actions.each(fixes, here));
    CompletableFuture<List<CodeAction>> whole =
        now.get()
            .questions()
            .fixes(document.get(), wanted.fixAll() ? all : List.of(), Analysis.Fixing.TOGETHER)
            .thenApply(fixes -> actions.all(fixes, all));
    return Cancelling.both(
        quick.thenCombine(
            whole,
            (some, rest) -> {
              List<Either<Command, CodeAction>> found = new ArrayList<>();
              some.forEach(action -> found.add(Either.forRight(action)));
              rest.forEach(action -> found.add(Either.forRight(action)));
              found.addAll(explaining);
              return found;
            }),
        quick,
        whole);
  }

  /**
   * Which kinds of actions a client asks for. A fix of all has to be asked for: it would otherwise
   * be checked at every movement of the cursor.
   */
  private record Wanted(boolean quickFixes, boolean fixAll) {
    static Wanted of(@Nullable CodeActionContext context) {
      List<String> only = context == null ? null : context.getOnly();
      return only == null
          ? new Wanted(true, false)
          : new Wanted(isWanted(CodeActionKind.QuickFix, only), isWanted(FixActions.FIX_ALL, only));
    }

    private static boolean isWanted(String kind, List<String> only) {
      return only.stream().anyMatch(o -> o.isEmpty() || kind.equals(o) || kind.startsWith(o + "."));
    }
  }

  private List<Shown> shown(String uri, Range place) {
    return session.get().map(s -> s.publisher().at(uri, place)).orElse(List.of());
  }
}
