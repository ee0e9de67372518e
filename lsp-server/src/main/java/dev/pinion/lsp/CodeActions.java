// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.lsp.ClientFeatures.Feature;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** To have the rules of findings explained; {@link FixActions} are what can be done about them. */
final class CodeActions {
  /** The client's own command; its argument is a rule's id. */
  static final String EXPLAIN = "pinion.explain";

  private final ClientFeatures features;

  CodeActions(ClientFeatures features) {
    this.features = features;
  }

  /** Actions for findings, one a rule; none for a client without the command behind them. */
  List<Either<Command, CodeAction>> about(List<Shown> findings) {
    if (!features.has(Feature.EXPLAIN)) {
      return List.of();
    }
    Set<String> rules = new LinkedHashSet<>();
    findings.forEach(shown -> rules.add(shown.finding().rule()));
    List<Either<Command, CodeAction>> actions = new ArrayList<>();
    for (String rule : rules) {
      CodeAction action = new CodeAction("Explain " + rule);
      action.setKind(CodeActionKind.QuickFix);
      action.setCommand(new Command(action.getTitle(), EXPLAIN, List.of(rule)));
      action.setDiagnostics(
          findings.stream()
              .filter(shown -> shown.finding().rule().equals(rule))
              .map(Shown::diagnostic)
              .toList());
      actions.add(Either.forRight(action));
    }
    return actions;
  }
}
