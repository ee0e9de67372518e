// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.drive;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.handlers.IHandlerService;

/** What a user sees and clicks on; for the workbench's thread. */
final class Widgets {
  private static final String PROBLEMS = "org.eclipse.ui.views.ProblemView";
  private static final String PAGE = "dev.pinion.eclipse.page";
  private static final String QUICK_FIX =
      "org.eclipse.jdt.ui.edit.text.java.correction.assist.proposals";
  private static final String FINDING = "plain list_del() of";

  private final Ui ui;

  Widgets(Ui ui) {
    this.ui = ui;
  }

  /** What the Problems view shows of the finding, below its warnings. */
  Optional<String> problem() {
    return row().map(item -> item.getText(0) + ", " + item.getText(1) + ", " + item.getText(3));
  }

  /**
   * Selects the finding in the Problems view and asks for a quick fix; returns behind the dialog.
   */
  void quickFix() throws Exception {
    ui.page().showView(PROBLEMS);
    TreeItem row = row().orElseThrow();
    row.getParent().setSelection(row);
    Event event = new Event();
    event.item = row;
    row.getParent().notifyListeners(SWT.Selection, event);
    ui.window().getService(IHandlerService.class).executeCommand(QUICK_FIX, null);
  }

  /** The dialog that asks which one. */
  Optional<Shell> quickFixDialog() {
    return Arrays.stream(ui.window().getShell().getDisplay().getShells())
        .filter(shell -> shell.getText().equals("Quick Fix") && shell.isVisible())
        .findFirst();
  }

  /** What that dialog offers. */
  static List<String> choices(Shell dialog) {
    Table table = Ui.find(dialog, Table.class, t -> true).orElseThrow();
    return Arrays.stream(table.getItems()).map(TableItem::getText).toList();
  }

  /** Presses its button. */
  static void finish(Shell dialog) {
    Ui.find(dialog, Button.class, button -> button.getText().replace("&", "").equals("Finish"))
        .orElseThrow()
        .notifyListeners(SWT.Selection, new Event());
  }

  /** Whether a dialog asks for something. */
  static boolean has(Shell dialog, String label) {
    return Ui.find(dialog, Label.class, text -> text.getText().equals(label)).isPresent();
  }

  /** The text of the page that is shown. */
  Optional<StyledText> page() {
    IViewPart view = ui.page().findView(PAGE);
    return view == null
        ? Optional.empty()
        : Ui.find(ui.window().getShell(), StyledText.class, text -> !text.getEditable())
            .filter(text -> text.getCharCount() > 0);
  }

  /** Clicks on a link of a page. */
  static void click(StyledText text, String link) {
    int offset = text.getText().indexOf(link) + 1;
    text.setTopIndex(text.getLineAtOffset(offset));
    Point at = text.getLocationAtOffset(offset);
    Event event = new Event();
    event.button = 1;
    event.x = at.x + 1;
    event.y = at.y + 1;
    text.notifyListeners(SWT.MouseUp, event);
  }

  private Optional<TreeItem> row() {
    Optional<Tree> problems =
        Ui.find(
                ui.window().getShell(),
                Tree.class,
                tree -> tree.getColumnCount() > 1 && tree.isVisible())
            .filter(tree -> tree.getItemCount() > 0);
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    TreeItem warnings = problems.get().getItem(0);
    Event event = new Event();
    event.item = warnings;
    problems.get().notifyListeners(SWT.Expand, event);
    warnings.setExpanded(true);
    return Arrays.stream(warnings.getItems())
        .filter(item -> item.getText(0).startsWith(FINDING))
        .findFirst();
  }
}
