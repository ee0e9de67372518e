// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.CheckedFix;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.TextEdit;
import dev.pinion.lsp.ClientFeatures.Feature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Makes actions of fixes that were checked on one state of a document, which alone they edit. */
final class FixActions {
  /** All safe fixes of a document. */
  static final String FIX_ALL = CodeActionKind.SourceFixAll + ".pinion";

  private final ClientFeatures features;
  private final OpenDocument document;

  FixActions(ClientFeatures features, OpenDocument document) {
    this.features = features;
    this.document = document;
  }

  /**
   * An action for each fix; the first of a finding is the preferred one.
   *
   * @param shown the findings they are for
   */
  List<CodeAction> each(List<CheckedFix.Offered> fixes, List<Shown> shown) {
    List<CodeAction> actions = new ArrayList<>();
    Set<Finding> preferred = new HashSet<>();
    for (CheckedFix.Offered fix : ofDocument(fixes)) {
      CodeAction action = new CodeAction(title(fix.fix().title()));
      action.setKind(CodeActionKind.QuickFix);
      action.setDiagnostics(diagnostics(List.of(fix), shown));
      action.setEdit(edit(List.of(fix)));
      if (preferred.add(fix.finding().finding())) {
        action.setIsPreferred(true);
      }
      actions.add(action);
    }
    return actions;
  }

  /**
   * One action for all of them; none if there are none.
   *
   * @param fixes that hold together
   */
  List<CodeAction> all(List<CheckedFix.Offered> fixes, List<Shown> shown) {
    List<CheckedFix.Offered> here = ofDocument(fixes);
    if (here.isEmpty()) {
      return List.of();
    }
    CodeAction action =
        new CodeAction(
            here.size() == 1 ? "Fix 1 Pinion finding" : "Fix " + here.size() + " Pinion findings");
    action.setKind(FIX_ALL);
    action.setDiagnostics(diagnostics(here, shown));
    action.setEdit(edit(here));
    return List.of(action);
  }

  /** Another file may be open in another state, or not at all. */
  private List<CheckedFix.Offered> ofDocument(List<CheckedFix.Offered> fixes) {
    String file = document.place().map(OpenDocument.Place::file).orElse("");
    return fixes.stream().filter(fix -> fix.fix().file().equals(file)).toList();
  }

  private static String title(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static List<Diagnostic> diagnostics(List<CheckedFix.Offered> fixes, List<Shown> shown) {
    Set<Finding> fixed = new HashSet<>();
    fixes.forEach(fix -> fixed.add(fix.finding().finding()));
    return shown.stream()
        .filter(one -> fixed.contains(one.finding()))
        .map(Shown::diagnostic)
        .toList();
  }

  private WorkspaceEdit edit(List<CheckedFix.Offered> fixes) {
    Set<TextEdit> distinct = new LinkedHashSet<>();
    fixes.forEach(fix -> distinct.addAll(fix.fix().edits()));
    List<org.eclipse.lsp4j.TextEdit> edits =
        distinct.stream().map(e -> new org.eclipse.lsp4j.TextEdit(range(e), e.after())).toList();
    if (features.has(Feature.VERSIONED_EDITS)) {
      List<Either<org.eclipse.lsp4j.TextEdit, org.eclipse.lsp4j.SnippetTextEdit>> versioned =
          new ArrayList<>();
      edits.forEach(e -> versioned.add(Either.forLeft(e)));
      return new WorkspaceEdit(
          List.of(
              Either.forLeft(
                  new TextDocumentEdit(
                      new VersionedTextDocumentIdentifier(document.uri(), document.version()),
                      versioned))));
    }
    return new WorkspaceEdit(Map.of(document.uri(), edits));
  }

  private static Range range(TextEdit edit) {
    int line = edit.at().line() - 1;
    return new Range(
        new Position(line, edit.at().column() - 1), new Position(line, edit.endColumn() - 1));
  }
}
