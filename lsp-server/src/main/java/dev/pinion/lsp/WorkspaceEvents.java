// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.lsp.ClientFeatures.Feature;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.lsp4j.ConfigurationItem;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersChangeEvent;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;

/** Passes what happens to the workspace on to the session, if there is one. */
final class WorkspaceEvents implements WorkspaceService {
  private final Supplier<Optional<Session>> session;
  private volatile Optional<Editor> editor = Optional.empty();

  WorkspaceEvents(Supplier<Optional<Session>> session) {
    this.session = session;
  }

  void use(Editor connected) {
    editor = Optional.of(connected);
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    boolean empty = params.getSettings() == null || params.getSettings().toString().equals("null");
    Optional<Editor> canAsk = editor.filter(e -> e.features().has(Feature.CONFIGURATION_REQUEST));
    if (empty && canAsk.isPresent()) {
      ask(canAsk.get());
    } else if (!empty) {
      session.get().ifPresent(s -> s.configure(params.getSettings()));
    }
  }

  /** Some clients only say that settings have changed, and want to be asked for them. */
  private void ask(Editor asked) {
    ConfigurationItem item = new ConfigurationItem();
    item.setSection("pinion");
    CompletableFuture<List<Object>> answered =
        asked.client().configuration(new ConfigurationParams(List.of(item)));
    CompletableFuture<?> unused =
        answered.whenComplete((answers, refused) -> answered(asked, answers, refused));
  }

  private void answered(Editor asked, @Nullable List<Object> answers, @Nullable Throwable refused) {
    if (refused != null) {
      asked.log(MessageType.Warning, "pinion: the client did not tell its settings: " + refused);
    } else if (answers != null && !answers.isEmpty()) {
      session.get().ifPresent(s -> s.configure(answers.get(0)));
    }
  }

  @Override
  public CompletableFuture<@Nullable Object> executeCommand(ExecuteCommandParams params) {
    Optional<Session> now = session.get();
    String command = params.getCommand() == null ? "" : params.getCommand();
    List<Object> arguments = params.getArguments() == null ? List.of() : params.getArguments();
    return now.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : now.get().commands().execute(command, arguments);
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    session.get().ifPresent(Session::diskChanged);
  }

  @Override
  public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
    WorkspaceFoldersChangeEvent event = params.getEvent();
    session
        .get()
        .ifPresent(s -> s.foldersChanged(paths(event.getAdded()), paths(event.getRemoved())));
  }

  private static List<Path> paths(List<WorkspaceFolder> folders) {
    return folders.stream().flatMap(folder -> Uris.path(folder.getUri()).stream()).toList();
  }
}
