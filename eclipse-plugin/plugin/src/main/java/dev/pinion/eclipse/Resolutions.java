// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import dev.pinion.eclipse.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.ui.IMarkerResolution;
import org.eclipse.ui.IMarkerResolutionGenerator2;

/**
 * What can be done about a finding: fixes and commands of the server, each place of its story, the
 * page of its rule.
 */
public final class Resolutions implements IMarkerResolutionGenerator2 {
  /** The user looks at a busy cursor; checking a fix takes the time of an edit. */
  private static final long PATIENCE_SECONDS = 4;

  @Override
  public boolean hasResolutions(IMarker marker) {
    return !marker.getAttribute(Problem.DIAGNOSTIC, "").isEmpty();
  }

  @Override
  public IMarkerResolution[] getResolutions(IMarker marker) {
    Optional<Diagnostic> diagnostic = Problem.diagnostic(marker);
    Optional<Session> session = PinionPlugin.session();
    IPath location = marker.getResource().getLocation();
    if (diagnostic.isEmpty() || session.isEmpty() || location == null) {
      return new IMarkerResolution[0];
    }
    String uri = location.toFile().toPath().toUri().toString();
    List<IMarkerResolution> found = new ArrayList<>();
    for (CodeAction action : actions(session.get(), uri, diagnostic.get())) {
      if (action.getEdit() != null) {
        found.add(new FixResolution(session.get(), action));
      } else if (action.getCommand() != null) {
        found.add(new CommandResolution(session.get(), uri, action));
      }
    }
    int step = 0;
    for (DiagnosticRelatedInformation place : story(diagnostic.get())) {
      found.add(new PlaceResolution(session.get(), ++step, place));
    }
    if (diagnostic.get().getCodeDescription() != null) {
      found.add(new RulePageResolution(session.get(), diagnostic.get()));
    }
    return found.toArray(new IMarkerResolution[0]);
  }

  private static List<DiagnosticRelatedInformation> story(Diagnostic diagnostic) {
    return Objects.requireNonNullElse(diagnostic.getRelatedInformation(), List.of());
  }

  private static List<CodeAction> actions(Session session, String uri, Diagnostic diagnostic) {
    Optional<Server> server = session.of(uri);
    if (server.isEmpty()) {
      return List.of();
    }
    CodeActionContext context =
        new CodeActionContext(List.of(diagnostic), List.of(CodeActionKind.QuickFix));
    CodeActionParams params =
        new CodeActionParams(new TextDocumentIdentifier(uri), diagnostic.getRange(), context);
    CompletableFuture<List<Either<Command, CodeAction>>> asked =
        server.get().ask(to -> to.getTextDocumentService().codeAction(params));
    try {
      return asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
          .filter(Either::isRight)
          .map(Either::getRight)
          .filter(action -> isAbout(diagnostic, action))
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (TimeoutException e) {
      session
          .log()
          .say(IStatus.INFO, "Pinion's server is busy; ask for the quick fixes again in a while");
      return List.of();
    } catch (ExecutionException e) {
      session.log().say(IStatus.WARNING, "Pinion has no quick fixes: " + e.getCause());
      return List.of();
    }
  }

  /** Whether an action is for this finding and not for another one on the same word. */
  private static boolean isAbout(Diagnostic diagnostic, CodeAction action) {
    List<Diagnostic> about = Objects.requireNonNullElse(action.getDiagnostics(), List.of());
    return about.stream()
        .anyMatch(
            other ->
                Objects.equals(other.getCode(), diagnostic.getCode())
                    && Objects.equals(other.getMessage(), diagnostic.getMessage()));
  }
}
