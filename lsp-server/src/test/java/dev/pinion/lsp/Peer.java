// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeLensWorkspaceCapabilities;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.HoverCapabilities;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.PublishDiagnosticsCapabilities;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.ShowDocumentResult;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageServer;

/** An editor for tests: LSP4J's client at the other end of two pipes. */
final class Peer implements AutoCloseable, PinionClient {
  private static final long PATIENCE_SECONDS = 60;

  final LanguageServer server;
  final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final OutputStream toServer;
  private final List<Object> events = new ArrayList<>();
  private String configuration = "{}";

  /** Starts a server for an analyzer and connects to it; says nothing yet. */
  Peer(Analyzer analyzer) throws IOException {
    Pipe there = Pipe.open();
    Pipe back = Pipe.open();
    InputStream in = Channels.newInputStream(there.source());
    OutputStream out = Channels.newOutputStream(back.sink());
    Thread thread =
        new Thread(
            () -> {
              ended.complete(LspServer.serve(in, out, analyzer, Duration.ofMillis(50)));
            },
            "server-under-test");
    thread.setDaemon(true);
    thread.start();
    toServer = Channels.newOutputStream(there.sink());
    Launcher<LanguageServer> launcher =
        new LSPLauncher.Builder<LanguageServer>()
            .setLocalService(this)
            .setRemoteInterface(LanguageServer.class)
            .setInput(Channels.newInputStream(back.source()))
            .setOutput(toServer)
            .setExecutorService(
                Executors.newCachedThreadPool(
                    task -> {
                      Thread daemon = new Thread(task);
                      daemon.setDaemon(true);
                      return daemon;
                    }))
            .create();
    server = launcher.getRemoteProxy();
    Future<Void> unused = launcher.startListening();
  }

  /** What a rich client can do. */
  static ClientCapabilities rich() {
    PublishDiagnosticsCapabilities publish = new PublishDiagnosticsCapabilities(true);
    publish.setVersionSupport(true);
    publish.setCodeDescriptionSupport(true);
    TextDocumentClientCapabilities text = new TextDocumentClientCapabilities();
    text.setPublishDiagnostics(publish);
    text.setHover(new HoverCapabilities(List.of(MarkupKind.MARKDOWN), false));
    WindowClientCapabilities window = new WindowClientCapabilities();
    window.setWorkDoneProgress(true);
    WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
    workspace.setConfiguration(true);
    workspace.setCodeLens(new CodeLensWorkspaceCapabilities(true));
    ClientCapabilities capabilities = new ClientCapabilities(workspace, text, window, null);
    capabilities.setExperimental(json("{'pinion': {'status': true, 'pages': true}}"));
    return capabilities;
  }

  static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  InitializeResult initialize(Consumer<InitializeParams> more) throws Exception {
    InitializeParams params = new InitializeParams();
    params.setCapabilities(rich());
    more.accept(params);
    InitializeResult result = server.initialize(params).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    server.initialized(new InitializedParams());
    return result;
  }

  static WorkspaceFolder folder(Path path) {
    return new WorkspaceFolder(Uris.of(path), "folder");
  }

  void open(Path file, int version) throws IOException {
    open(file, version, Files.readString(file));
  }

  void open(Path file, int version, String text) {
    server
        .getTextDocumentService()
        .didOpen(
            new DidOpenTextDocumentParams(new TextDocumentItem(Uris.of(file), "c", version, text)));
  }

  void replaceAll(Path file, int version, String text) {
    change(file, version, new TextDocumentContentChangeEvent(text));
  }

  /** Replaces a part of a line. 0-based. */
  void edit(Path file, int version, int line, int from, int to, String text) {
    Range range = new Range(new Position(line, from), new Position(line, to));
    change(file, version, new TextDocumentContentChangeEvent(range, text));
  }

  private void change(Path file, int version, TextDocumentContentChangeEvent change) {
    server
        .getTextDocumentService()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(Uris.of(file), version), List.of(change)));
  }

  void save(Path file) {
    server
        .getTextDocumentService()
        .didSave(new DidSaveTextDocumentParams(new TextDocumentIdentifier(Uris.of(file))));
  }

  void close(Path file) {
    server
        .getTextDocumentService()
        .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(Uris.of(file))));
  }

  void configure(String json) {
    server
        .getWorkspaceService()
        .didChangeConfiguration(new DidChangeConfigurationParams(json(json)));
  }

  /** What this client answers when it is asked for its settings. */
  void answerConfiguration(String json) {
    configuration = json;
  }

  /** Bytes as they are, past the protocol. */
  void raw(String text) throws IOException {
    toServer.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    toServer.flush();
  }

  void endInput() throws IOException {
    toServer.close();
  }

  int exitStatus() throws Exception {
    return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for the first event of a kind that a test accepts, among all there were. */
  <T> T await(Class<T> kind, Predicate<T> accepts) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (events) {
      while (true) {
        Optional<T> found = all(kind).stream().filter(accepts).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return fail("no such " + kind.getSimpleName() + " among " + events);
        }
        events.wait(left);
      }
    }
  }

  /** Waits for diagnostics of a version of a file. */
  List<Diagnostic> diagnostics(Path file, int version) throws InterruptedException {
    return await(
            PublishDiagnosticsParams.class,
            p ->
                p.getUri().equals(Uris.of(file))
                    && p.getVersion() != null
                    && p.getVersion() == version)
        .getDiagnostics();
  }

  /** Waits until a file shows exactly these messages. */
  void awaitMessages(Path file, String... messages) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (events) {
      while (!shown(file).equals(List.of(messages))) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          fail("wanted " + List.of(messages) + ", " + file + " shows " + shown(file));
        }
        events.wait(left);
      }
    }
  }

  /** What a file shows now; a file that was never spoken of shows nothing. */
  List<String> shown(Path file) {
    List<PublishDiagnosticsParams> published = published(file);
    return published.isEmpty()
        ? List.of()
        : published.get(published.size() - 1).getDiagnostics().stream()
            .map(d -> d.getMessage().getLeft())
            .toList();
  }

  List<PublishDiagnosticsParams> published(Path file) {
    return all(PublishDiagnosticsParams.class).stream()
        .filter(p -> p.getUri().equals(Uris.of(file)))
        .toList();
  }

  <T> List<T> all(Class<T> kind) {
    synchronized (events) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  private void event(Object event) {
    synchronized (events) {
      events.add(event);
      events.notifyAll();
    }
  }

  @Override
  public void status(Status status) {
    event(status);
  }

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams params) {
    event(params);
  }

  @Override
  public void logMessage(MessageParams params) {
    event(params);
  }

  @Override
  public void showMessage(MessageParams params) {
    event(params);
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams params) {
    event(params);
    return CompletableFuture.completedFuture(null); // The message was closed, nothing was chosen.
  }

  @Override
  public void telemetryEvent(Object object) {
    event(object);
  }

  @Override
  public CompletableFuture<Void> createProgress(WorkDoneProgressCreateParams params) {
    event(params);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<ShowDocumentResult> showDocument(ShowDocumentParams params) {
    event(params);
    return CompletableFuture.completedFuture(new ShowDocumentResult(true));
  }

  @Override
  public CompletableFuture<Void> refreshCodeLenses() {
    event("lenses");
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void notifyProgress(ProgressParams params) {
    event(params);
  }

  @Override
  public CompletableFuture<List<Object>> configuration(ConfigurationParams params) {
    return CompletableFuture.completedFuture(List.of(json(configuration)));
  }

  @Override
  public void close() throws IOException {
    endInput();
  }
}
