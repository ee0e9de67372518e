// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.lsp4j.ClientInfo;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageServer;
import org.jspecify.annotations.Nullable;

/**
 * The server of one tree: started with the first document, started again when it dies, and told
 * then what is open. Nothing here waits, but for {@link #close()}.
 */
public final class Server {
  private static final long CLOSE_SECONDS = 8;

  private final List<String> command;
  private final Path root;
  private final Editor editor;
  private final ExecutorService lane =
      Executors.newSingleThreadExecutor(Connection.daemons("pinion-server"));

  // Of the lane's thread only.
  private final Documents documents = new Documents();
  private final Restarts restarts = new Restarts();
  private Optional<Connection> connection = Optional.empty();
  private boolean ready;
  private boolean over;
  private JsonObject told = new JsonObject();

  /**
   * @param command the program and its arguments
   * @param root the top of the tree
   */
  public Server(List<String> command, Path root, Editor editor) {
    this.command = List.copyOf(command);
    this.root = root;
    this.editor = editor;
  }

  /** A document is open from now on. */
  public void opened(OpenText text) {
    post(
        () -> {
          boolean added = documents.add(text);
          if (ready && added) {
            live(server -> documents.open(text.uri(), server));
          } else if (connection.isEmpty() && !over) {
            start();
          }
        });
  }

  /** A document has changed; in the order in which that happened. */
  public void changed(String uri, OpenText.Change change) {
    post(() -> live(server -> documents.change(uri, change, server)));
  }

  /** A document has been written to its file. */
  public void saved(String uri) {
    post(() -> live(server -> documents.save(uri, server)));
  }

  /** A document is not open any more. */
  public void closed(String uri) {
    post(
        () -> {
          live(server -> documents.close(uri, server));
          documents.remove(uri);
        });
  }

  /** The settings have changed. */
  public void configured() {
    post(() -> live(this::configure));
  }

  /**
   * Asks the server, after all that it has been told before.
   *
   * @return the answer; fails if the server is not there, ends before it answers, or says no
   */
  public <T> CompletableFuture<T> ask(Function<LanguageServer, CompletableFuture<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!post(() -> ask(question, answer))) {
      answer.completeExceptionally(new IOException("Pinion's server has been stopped"));
    }
    return answer;
  }

  /** Ends the server; it cannot be started again. Waits some seconds at most. */
  public void close() {
    try {
      Future<?> closing =
          lane.submit(
              () -> {
                over = true;
                ready = false;
                connection.ifPresent(Connection::close);
                connection = Optional.empty();
              });
      closing.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      editor.note("Pinion's server for " + root + " did not end in order: " + e);
    } finally {
      lane.shutdownNow();
    }
  }

  private <T> void ask(
      Function<LanguageServer, CompletableFuture<T>> question, CompletableFuture<T> answer) {
    if (!ready || connection.isEmpty()) {
      answer.completeExceptionally(new IOException("Pinion's server is not running"));
      return;
    }
    CompletableFuture<?> unused =
        connection
            .get()
            .process()
            .onExit()
            .thenRun(
                () -> answer.completeExceptionally(new IOException("Pinion's server has ended")));
    try {
      pass(question.apply(connection.get().server()), answer);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private void configure(LanguageServer server) {
    told = editor.settings();
    server.getWorkspaceService().didChangeConfiguration(new DidChangeConfigurationParams(told));
  }

  private void start() {
    Connection started;
    try {
      started = Connection.start(command, new ClientSide(root.toString(), editor, this::cancel));
    } catch (IOException e) {
      giveUp("Pinion cannot be started: " + e.getMessage());
      return;
    }
    connection = Optional.of(started);
    CompletableFuture<?> unused =
        started.process().onExit().thenRun(() -> post(() -> died(started)));
    unused =
        started
            .server()
            .initialize(parameters())
            .whenComplete((result, failure) -> post(() -> greeted(started, failure)));
  }

  @SuppressWarnings("deprecation") // the root's URI is what older servers look at
  private InitializeParams parameters() {
    InitializeParams params = new InitializeParams();
    params.setProcessId(Math.toIntExact(ProcessHandle.current().pid()));
    params.setClientInfo(new ClientInfo("Eclipse"));
    params.setRootUri(root.toUri().toString());
    params.setWorkspaceFolders(
        List.of(new WorkspaceFolder(root.toUri().toString(), String.valueOf(root.getFileName()))));
    params.setCapabilities(ClientSide.capabilities());
    told = editor.settings();
    params.setInitializationOptions(told);
    return params;
  }

  private void greeted(Connection of, @Nullable Throwable failure) {
    if (!isCurrent(of)) {
      return;
    }
    if (failure != null) {
      // Its death is what is acted upon.
      of.process().destroyForcibly();
      return;
    }
    ready = true;
    of.server().initialized(new InitializedParams());
    if (!editor.settings().equals(told)) {
      live(this::configure);
    }
    live(documents::openAll);
  }

  private void died(Connection dead) {
    if (!isCurrent(dead)) {
      return;
    }
    connection = Optional.empty();
    ready = false;
    documents.forgetSent();
    String words = dead.lastWords();
    dead.close();
    String how =
        "Pinion's server for %s ended with status %d%s"
            .formatted(root, dead.process().exitValue(), words.isEmpty() ? "" : ": " + words);
    if (restarts.died(System.nanoTime())) {
      editor.note(how + "; it is started again");
      start();
    } else {
      giveUp(
          "%s; that was time %d in %d minutes, so it stays away until Pinion is switched off and on"
              .formatted(how, Restarts.LIMIT, Restarts.WINDOW.toMinutes()));
    }
  }

  private void giveUp(String why) {
    over = true;
    editor.problem(why);
    editor.forgotten(documents.uris());
  }

  private static <T> void pass(CompletableFuture<T> from, CompletableFuture<T> to) {
    CompletableFuture<?> unused =
        from.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                to.complete(value);
              } else {
                to.completeExceptionally(failure);
              }
            });
  }

  private void cancel(String token) {
    post(
        () ->
            live(
                server ->
                    server.cancelProgress(
                        new WorkDoneProgressCancelParams(Either.forLeft(token)))));
  }

  private boolean isCurrent(Connection other) {
    return connection.filter(c -> c == other).isPresent();
  }

  /**
   * Talks to the server if it is ready; one that does not listen any more is about to be found
   * dead.
   */
  private void live(Consumer<LanguageServer> talk) {
    if (ready && connection.isPresent()) {
      try {
        talk.accept(connection.get().server());
      } catch (RuntimeException e) {
        editor.note("Pinion's server for " + root + " cannot be told something: " + e);
      }
    }
  }

  /** Has something done on the lane; false if that has ended. */
  private boolean post(Runnable task) {
    try {
      lane.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }
}
