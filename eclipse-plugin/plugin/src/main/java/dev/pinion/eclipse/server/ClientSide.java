// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionCapabilities;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionKindCapabilities;
import org.eclipse.lsp4j.CodeActionLiteralSupportCapabilities;
import org.eclipse.lsp4j.GeneralClientCapabilities;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.PositionEncodingKind;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.PublishDiagnosticsCapabilities;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkDoneProgressNotification;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;
import org.eclipse.lsp4j.services.LanguageClient;

/** What the server may ask of us, and what we tell it that we can do. */
final class ClientSide implements LanguageClient {
  private final String name;
  private final Editor editor;
  private final Consumer<String> cancelling;
  private final Set<String> atWork = ConcurrentHashMap.newKeySet();

  /**
   * @param name of the server, unlike those of others
   * @param cancelling told the token of what the user does not want to wait for
   */
  ClientSide(String name, Editor editor, Consumer<String> cancelling) {
    this.name = name;
    this.editor = editor;
    this.cancelling = cancelling;
  }

  /** What the server was at has ended with it. */
  void lost() {
    for (String token : List.copyOf(atWork)) {
      step(token, new WorkDoneProgressEnd());
    }
  }

  /** Of what the protocol has, that which the server makes use of. */
  static ClientCapabilities capabilities() {
    PublishDiagnosticsCapabilities publish = new PublishDiagnosticsCapabilities();
    publish.setRelatedInformation(true);
    publish.setCodeDescriptionSupport(true);
    publish.setVersionSupport(true);
    CodeActionCapabilities actions = new CodeActionCapabilities();
    actions.setCodeActionLiteralSupport(
        new CodeActionLiteralSupportCapabilities(
            new CodeActionKindCapabilities(List.of(CodeActionKind.QuickFix))));
    TextDocumentClientCapabilities documents = new TextDocumentClientCapabilities();
    documents.setPublishDiagnostics(publish);
    documents.setCodeAction(actions);
    WorkspaceEditCapabilities edits = new WorkspaceEditCapabilities();
    edits.setDocumentChanges(true);
    WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
    workspace.setWorkspaceEdit(edits);
    WindowClientCapabilities window = new WindowClientCapabilities();
    window.setWorkDoneProgress(true);
    GeneralClientCapabilities general = new GeneralClientCapabilities();
    general.setPositionEncodings(List.of(PositionEncodingKind.UTF16));
    ClientCapabilities all = new ClientCapabilities(workspace, documents, window, null);
    all.setGeneral(general);
    JsonObject ours = new JsonObject();
    ours.addProperty("pages", true);
    JsonObject experimental = new JsonObject();
    experimental.add("pinion", ours);
    all.setExperimental(experimental);
    return all;
  }

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams params) {
    editor.published(params);
  }

  @Override
  public CompletableFuture<Void> createProgress(WorkDoneProgressCreateParams params) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void notifyProgress(ProgressParams params) {
    if (params.getToken().isLeft() && params.getValue().isLeft()) {
      step(params.getToken().getLeft(), params.getValue().getLeft());
    }
  }

  private void step(String token, WorkDoneProgressNotification step) {
    if (step instanceof WorkDoneProgressEnd) {
      atWork.remove(token);
    } else {
      atWork.add(token);
    }
    editor.progress(name + " " + token, step, () -> cancelling.accept(token));
  }

  @Override
  public void showMessage(MessageParams params) {
    editor.problem(params.getMessage());
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams params) {
    editor.problem(params.getMessage());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void logMessage(MessageParams params) {
    if (params.getType() == MessageType.Error || params.getType() == MessageType.Warning) {
      editor.problem(params.getMessage());
    } else {
      editor.note(params.getMessage());
    }
  }

  @Override
  public void telemetryEvent(Object object) {
    // Nobody is told how somebody works.
  }
}
