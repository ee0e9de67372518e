// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import com.google.gson.JsonObject;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/**
 * A server in a process of its own that finds one thing in each document: its text. The command
 * {@code die} makes it die, {@code work} makes it begin something that never ends, and others are
 * answered with their name. When it ends in order it leaves a file.
 */
public final class FakeServer implements LanguageServer, TextDocumentService, WorkspaceService {
  private final Map<String, String> texts = new TreeMap<>();
  private final Path goodbye;
  private Optional<LanguageClient> client = Optional.empty();
  private boolean shutDown;

  private FakeServer(Path goodbye) {
    this.goodbye = goodbye;
  }

  /** How to start it. */
  static List<String> command(Path goodbye) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(
        java,
        "-cp",
        System.getProperty("java.class.path"),
        FakeServer.class.getName(),
        goodbye.toString());
  }

  /** Serves until it is told to exit, or its input ends. */
  public static void main(String[] arguments) throws Exception {
    FakeServer server = new FakeServer(new File(arguments[0]).toPath());
    System.err.println("the fake server begins");
    Launcher<LanguageClient> launcher =
        LSPLauncher.createServerLauncher(server, System.in, System.out);
    server.client = Optional.of(launcher.getRemoteProxy());
    launcher.startListening().get();
    System.exit(2);
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    return CompletableFuture.completedFuture(new InitializeResult(new ServerCapabilities()));
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    texts.put(params.getTextDocument().getUri(), params.getTextDocument().getText());
    find(params.getTextDocument().getUri(), params.getTextDocument().getVersion());
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    String uri = params.getTextDocument().getUri();
    String text = texts.getOrDefault(uri, "");
    for (var change : params.getContentChanges()) {
      Lines lines = new Lines(text);
      text =
          change.getRange() == null
              ? change.getText()
              : text.substring(0, lines.offset(change.getRange().getStart()))
                  + change.getText()
                  + text.substring(lines.offset(change.getRange().getEnd()));
    }
    texts.put(uri, text);
    find(uri, params.getTextDocument().getVersion());
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    say(params.getTextDocument().getUri(), "saved", 0);
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    texts.remove(params.getTextDocument().getUri());
    say(params.getTextDocument().getUri(), "closed", 0);
  }

  @Override
  public CompletableFuture<Object> executeCommand(ExecuteCommandParams params) {
    if (params.getCommand().equals("die")) {
      Runtime.getRuntime().halt(9);
    }
    if (params.getCommand().equals("work")) {
      WorkDoneProgressBegin begin = new WorkDoneProgressBegin();
      begin.setTitle("work");
      client
          .orElseThrow()
          .notifyProgress(new ProgressParams(Either.forLeft("1"), Either.forLeft(begin)));
    }
    return CompletableFuture.completedFuture(params.getCommand());
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    say("settings", ((JsonObject) params.getSettings()).toString(), 0);
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {}

  @Override
  public CompletableFuture<Object> shutdown() {
    shutDown = true;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void exit() {
    try {
      if (shutDown) {
        Files.createFile(goodbye);
      }
    } catch (java.io.IOException e) {
      System.exit(3);
    }
    System.exit(shutDown ? 0 : 1);
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return this;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return this;
  }

  private void find(String uri, int version) {
    say(uri, texts.getOrDefault(uri, ""), version);
  }

  private void say(String uri, String message, int version) {
    Position top = new Position(0, 0);
    List<Diagnostic> found = new ArrayList<>();
    found.add(new Diagnostic(new Range(top, top), message));
    client.orElseThrow().publishDiagnostics(new PublishDiagnosticsParams(uri, found, version));
  }
}
