// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * To have findings explained, or accepted; {@link FixActions} are what can be done about them.
 *
 * <p>There is no comment that silences a finding, on purpose: nobody would merge it into a kernel.
 */
final class CodeActions {
  private final String uri;
  private final Settings settings;

  CodeActions(String uri, Settings settings) {
    this.uri = uri;
    this.settings = settings;
  }

  /** Two actions for each finding; one if there is no baseline to accept it in. */
  List<Either<Command, CodeAction>> about(List<Shown> findings) {
    List<Either<Command, CodeAction>> actions = new ArrayList<>();
    for (Shown shown : findings) {
      actions.add(action("Explain " + shown.finding().rule(), Commands.EXPLAIN, shown));
    }
    if (!settings.baseline().isBlank() && !settings.baseline().equals("none")) {
      for (Shown shown : findings) {
        String title = "Add " + shown.finding().rule() + " here to the baseline";
        actions.add(action(title, Commands.ACCEPT, shown));
      }
    }
    return actions;
  }

  private Either<Command, CodeAction> action(String title, String command, Shown shown) {
    CodeAction action = new CodeAction(title);
    action.setKind(CodeActionKind.QuickFix);
    action.setDiagnostics(List.of(shown.diagnostic()));
    action.setCommand(new Command(title, command, List.of(uri, shown.reported().fingerprint())));
    return Either.forRight(action);
  }
}
