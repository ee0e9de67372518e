// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.lsp.ClientFeatures.Feature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.ExecuteCommandOptions;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.PositionEncodingKind;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.services.LanguageServer;

/** The protocol's life cycle; everything between initialize and shutdown is the session's. */
final class PinionServer implements LanguageServer {
  private final Analyzer analyzer;
  private final IntConsumer exit;
  private final DocumentEvents documentEvents;
  private final WorkspaceEvents workspaceEvents;
  private volatile Optional<PinionClient> client = Optional.empty();
  private volatile Optional<Session> session = Optional.empty();
  private volatile ParentWatch parent = ParentWatch.none();
  private volatile boolean shutDown;

  /**
   * @param exit told the exit status when the client wants the server to go, or is dead
   */
  PinionServer(Analyzer analyzer, IntConsumer exit) {
    this.analyzer = analyzer;
    this.exit = exit;
    this.documentEvents = new DocumentEvents(analyzer, () -> session);
    this.workspaceEvents = new WorkspaceEvents(() -> session);
  }

  /** The other side; before anything is read from it. */
  void connect(PinionClient other) {
    client = Optional.of(other);
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    ClientFeatures features = ClientFeatures.of(params.getCapabilities());
    Editor editor = new Editor(client.orElseThrow(), features);
    session.ifPresent(Session::close);
    if (params.getProcessId() != null) {
      parent = ParentWatch.of(params.getProcessId());
    }
    documentEvents.use(features);
    workspaceEvents.use(editor);
    session =
        Optional.of(
            new Session(analyzer, editor, params.getInitializationOptions(), folders(params)));
    ServerInfo info = new ServerInfo("pinion", version());
    return CompletableFuture.completedFuture(new InitializeResult(capabilities(features), info));
  }

  @Override
  public void initialized(InitializedParams params) {
    session.ifPresent(Session::start);
  }

  @Override
  public CompletableFuture<Object> shutdown() {
    shutDown = true;
    session.ifPresent(Session::close);
    session = Optional.empty();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void exit() {
    exit.accept(exitStatus());
  }

  /** 0 if the client said good-bye first, else 1. */
  int exitStatus() {
    return shutDown ? 0 : 1;
  }

  /** What is to be looked at now and then; for the polling thread. */
  void poll() {
    if (parent.isDead()) {
      exit.accept(exitStatus());
    } else {
      session.ifPresent(Session::poll);
    }
  }

  /** Ends the session, if the client has not. */
  void close() {
    session.ifPresent(Session::close);
    session = Optional.empty();
  }

  @Override
  public DocumentEvents getTextDocumentService() {
    return documentEvents;
  }

  @Override
  public WorkspaceEvents getWorkspaceService() {
    return workspaceEvents;
  }

  @Override
  public void cancelProgress(WorkDoneProgressCancelParams params) {
    if (params.getToken() != null && params.getToken().isLeft()) {
      session.ifPresent(s -> s.cancelled(params.getToken().getLeft()));
    }
  }

  @SuppressWarnings("deprecation") // rootUri is all that older clients send
  private static List<Path> folders(InitializeParams params) {
    List<Path> folders = new ArrayList<>();
    if (params.getWorkspaceFolders() != null) {
      for (WorkspaceFolder folder : params.getWorkspaceFolders()) {
        Uris.path(folder.getUri()).ifPresent(folders::add);
      }
    } else if (params.getRootUri() != null) {
      Uris.path(params.getRootUri()).ifPresent(folders::add);
    }
    return folders;
  }

  private static ServerCapabilities capabilities(ClientFeatures features) {
    TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
    sync.setOpenClose(true);
    sync.setChange(TextDocumentSyncKind.Incremental);
    sync.setSave(new SaveOptions(false));
    WorkspaceFoldersOptions folders = new WorkspaceFoldersOptions();
    folders.setSupported(true);
    folders.setChangeNotifications(true);
    ServerCapabilities capabilities = new ServerCapabilities();
    capabilities.setTextDocumentSync(sync);
    capabilities.setHoverProvider(true);
    capabilities.setCodeActionProvider(
        new CodeActionOptions(List.of(CodeActionKind.QuickFix, FixActions.FIX_ALL)));
    capabilities.setCodeLensProvider(new CodeLensOptions(false));
    capabilities.setExecuteCommandProvider(new ExecuteCommandOptions(Commands.ALL));
    capabilities.setWorkspace(new WorkspaceServerCapabilities(folders));
    if (features.has(Feature.POSITION_ENCODINGS)) {
      capabilities.setPositionEncoding(PositionEncodingKind.UTF16);
    }
    return capabilities;
  }

  private static String version() {
    String version = PinionServer.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
