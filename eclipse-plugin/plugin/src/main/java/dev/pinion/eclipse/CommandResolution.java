// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import dev.pinion.eclipse.server.Server;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.statushandlers.StatusManager;

/** Something that the server does when it is told to; if it has a page to show, that is shown. */
final class CommandResolution extends Resolution {
  private static final String EXPLAIN = "pinion.explain";

  private final String uri;
  private final Command command;

  /**
   * @param uri of the finding's file
   * @param action one with a command
   */
  CommandResolution(Session session, String uri, CodeAction action) {
    super(
        session,
        action.getTitle(),
        isExplaining(action)
            ? "Its story with the source lines, and the page of its rule."
            : "The finding is accepted, and not shown any more.",
        isExplaining(action) ? Rank.EXPLAIN : Rank.BASELINE,
        0);
    this.uri = uri;
    this.command = action.getCommand();
  }

  private static boolean isExplaining(CodeAction action) {
    return action.getCommand().getCommand().equals(EXPLAIN);
  }

  @Override
  void apply() {
    Optional<Server> server = session().of(uri);
    if (server.isEmpty()) {
      say("Pinion's server is not running");
      return;
    }
    ExecuteCommandParams params =
        new ExecuteCommandParams(
            command.getCommand(), Objects.requireNonNullElse(command.getArguments(), List.of()));
    CompletableFuture<?> unused =
        server
            .get()
            .ask(to -> to.getWorkspaceService().executeCommand(params))
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    Throwable cause =
                        failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
                    say(Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
                  } else {
                    Page.of(answer).ifPresent(this::show);
                  }
                });
  }

  private void show(Page page) {
    PlatformUI.getWorkbench()
        .getDisplay()
        .asyncExec(
            () -> {
              try {
                PageView.show(page);
              } catch (PartInitException e) {
                session().log().say(IStatus.ERROR, "Pinion: no page: " + e.getMessage());
              }
            });
  }

  /** The user has asked for it and waits. */
  private static void say(String line) {
    StatusManager.getManager()
        .handle(new Status(IStatus.WARNING, PinionPlugin.ID, line), StatusManager.SHOW);
  }
}
