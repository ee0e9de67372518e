// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a client may ask the server to do. Those that have something to show answer with a {@link
 * MarkdownPage} and show it, see {@link Pages}; what cannot be done fails with a line for the user.
 */
final class Commands {
  /** Tells a finding's story; arguments: a document's URI, the finding's fingerprint. */
  static final String EXPLAIN = "pinion.explain";

  /** Adds a finding to the baseline; arguments: a document's URI, the finding's fingerprint. */
  static final String ACCEPT = "pinion.addToBaseline";

  /** Asks the atlas; arguments: a document's URI, the noun or an empty text, the name. */
  static final String ATLAS = "pinion.atlas";

  /** Checks commits; arguments: the URI of a document or folder in the repository, {@code A..B}. */
  static final String CHECK = "pinion.check";

  /** Reads all trees anew. */
  static final String REBUILD = "pinion.rebuildIndex";

  static final List<String> ALL = List.of(EXPLAIN, ACCEPT, ATLAS, CHECK, REBUILD);

  private final Analyzer analyzer;
  private final Session session;
  private final Editor editor;
  private final Pages pages;

  Commands(Analyzer analyzer, Session session, Editor editor, Pages pages) {
    this.analyzer = analyzer;
    this.session = session;
    this.editor = editor;
    this.pages = pages;
  }

  /** Carries a command out; the answer is null for one that has nothing to show. */
  CompletableFuture<@Nullable Object> execute(String command, List<Object> arguments) {
    return switch (command) {
      case EXPLAIN -> explain(text(arguments, 0), text(arguments, 1));
      case ACCEPT -> accept(text(arguments, 0), text(arguments, 1));
      case ATLAS -> atlas(text(arguments, 0), text(arguments, 1), text(arguments, 2));
      case CHECK -> check(text(arguments, 0), text(arguments, 1));
      case REBUILD -> {
        session.rebuild();
        yield CompletableFuture.completedFuture(null);
      }
      default -> refused("pinion: there is no command " + command);
    };
  }

  private static String text(List<Object> arguments, int index) {
    if (index >= arguments.size()) {
      return "";
    }
    JsonElement json = new Gson().toJsonTree(arguments.get(index));
    return json.isJsonPrimitive() ? json.getAsString() : "";
  }

  private CompletableFuture<@Nullable Object> explain(String uri, String fingerprint) {
    Optional<Shown> shown = session.publisher().find(uri, fingerprint);
    Optional<OpenDocument> document = session.documents().get(uri);
    if (shown.isEmpty() || document.isEmpty() || document.get().place().isEmpty()) {
      return refused("pinion: that finding is not shown any more");
    }
    Path root = document.get().place().get().root();
    TreeText text = new TreeText(root, session.documents().in(root));
    return page(new StoryPage(analyzer, text).of(shown.get().reported()));
  }

  private CompletableFuture<@Nullable Object> accept(String uri, String fingerprint) {
    Optional<Shown> shown = session.publisher().find(uri, fingerprint);
    Optional<Path> root =
        session.documents().get(uri).flatMap(OpenDocument::place).map(OpenDocument.Place::root);
    Optional<Path> baseline = root.flatMap(session.settings()::baselineOf);
    if (shown.isEmpty() || root.isEmpty() || baseline.isEmpty()) {
      return refused("pinion: that finding is not shown any more, or there is no baseline");
    }
    try {
      Accepted.add(shown.get().reported(), baseline.get());
    } catch (AnalysisException e) {
      return refused("pinion: " + e.getMessage());
    }
    editor.log(
        MessageType.Info,
        "pinion: " + shown.get().finding().message() + ": accepted in " + baseline.get());
    session.refresh(root.get());
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<@Nullable Object> atlas(String uri, String noun, String name) {
    Optional<OpenDocument> document =
        session.documents().get(uri).filter(d -> d.place().isPresent());
    if (document.isEmpty()) {
      return refused("pinion: open a C file of the tree to ask about " + name);
    }
    CompletableFuture<Optional<MarkdownPage>> asked =
        session.questions().page(document.get(), noun, name);
    return Cancelling.both(
        asked.thenCompose(
            page ->
                page.isPresent()
                    ? page(page.get())
                    : refused("pinion: the atlas knows nothing of '" + name + "'")),
        asked);
  }

  private CompletableFuture<@Nullable Object> check(String uri, String range) {
    Optional<Path> path = Uris.path(uri);
    if (path.isEmpty() || !range.contains("..")) {
      return refused("pinion: say which commits to check as A..B, and a file of their repository");
    }
    Optional<OpenDocument.Place> place = session.documents().get(uri).flatMap(OpenDocument::place);
    Path folder = place.map(OpenDocument.Place::root).orElse(path.get());
    CompletableFuture<Analysis.Checked> checking =
        session.check(new Analysis.Commits(folder, range));
    TreeText text = new TreeText(folder, session.documents().in(folder));
    SeriesPage page = new SeriesPage(session.settings().tier(), text);
    CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
    CompletableFuture<?> unused =
        checking.whenComplete(
            (checked, failure) -> {
              if (failure == null) {
                MarkdownPage found = page.of(range, checked);
                pages.show(found);
                answer.complete(found);
              } else {
                answer.completeExceptionally(refusal("pinion: " + reason(failure)));
              }
            });
    return Cancelling.both(answer, checking);
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return failure instanceof AnalysisException
        ? Objects.requireNonNullElse(failure.getMessage(), "failed")
        : cause instanceof AnalysisException
            ? Objects.requireNonNullElse(cause.getMessage(), "failed")
            : cause instanceof java.util.concurrent.CancellationException
                ? "cancelled"
                : Crash.trace(cause);
  }

  private CompletableFuture<@Nullable Object> page(MarkdownPage page) {
    pages.show(page);
    return CompletableFuture.completedFuture(page);
  }

  private static <T> CompletableFuture<T> refused(String message) {
    return CompletableFuture.failedFuture(refusal(message));
  }

  private static ResponseErrorException refusal(String message) {
    return new ResponseErrorException(
        new ResponseError(ResponseErrorCode.RequestFailed, message, null));
  }
}
