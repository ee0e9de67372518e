// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.drive;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IMarkerResolution2;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.preferences.ScopedPreferenceStore;
import org.eclipse.ui.texteditor.ITextEditor;

/** What somebody who edits a kernel in Eclipse does, step by step; each step says what it saw. */
final class Scenario {
  private static final String PLUGIN = "dev.pinion.eclipse";
  private static final String FIX = "Use list_del_rcu()";

  private final Ui ui;
  private final PrintStream out;
  private final Widgets widgets;
  private final ScopedPreferenceStore preferences =
      new ScopedPreferenceStore(InstanceScope.INSTANCE, PLUGIN);
  private final List<IStatus> errors = new CopyOnWriteArrayList<>();

  Scenario(Ui ui, PrintStream out) {
    this.ui = ui;
    this.out = out;
    this.widgets = new Widgets(ui);
  }

  void run() throws Exception {
    Platform.addLogListener(
        (status, plugin) -> {
          if (status.getSeverity() == IStatus.ERROR) {
            errors.add(status);
          }
        });
    Source source = open();
    diagnostic(source);
    ui.picture("eclipse-finding");
    story(source);
    fixAndUndo(source);
    settings(source);
    death(source);
    baseline(source);
    missing(source);
    nothingElseIsWrong();
  }

  private Source open() throws Exception {
    Path tree = Path.of(Drive.variable("TREE"));
    return ui.ask(
        () -> {
          ui.window().getShell().setBounds(ui.window().getShell().getDisplay().getBounds());
          IWorkspace workspace = ResourcesPlugin.getWorkspace();
          IProject project = workspace.getRoot().getProject("demo");
          IProjectDescription description = workspace.newProjectDescription("demo");
          description.setLocation(org.eclipse.core.runtime.Path.fromOSString(tree.toString()));
          project.create(description, null);
          project.open(null);
          project.setDefaultCharset("UTF-8", null);
          IFile file = project.getFile(Drive.variable("FINDING"));
          ITextEditor editor =
              Adapters.adapt(
                  IDE.openEditor(ui.page(), file, "org.eclipse.ui.DefaultTextEditor"),
                  ITextEditor.class);
          ui.page().hideView(ui.page().findView("org.eclipse.ui.views.ContentOutline"));
          ui.page().showView("org.eclipse.ui.views.ProblemView");
          return new Source(file, editor, Integer.parseInt(Drive.variable("LINE")));
        });
  }

  private void diagnostic(Source source) throws Exception {
    IMarker marker = ui.await("a marker", source::marker);
    out.printf("diagnostic: %d %s%n", source.line(), marker.getAttribute(IMarker.MESSAGE, "none"));
    is("severity", IMarker.SEVERITY_WARNING, marker.getAttribute(IMarker.SEVERITY, -1));
    is("rule", "rcu-list-plain-delete", marker.getAttribute("rule", "none"));
    String underlined = ui.await("an annotation", source::underlined);
    is("underlined", "list_del", underlined);
    ui.run(() -> IDE.gotoMarker(source.editor(), marker));
    out.println("Problems: " + ui.await("a row of the Problems view", widgets::problem));
  }

  private void story(Source source) throws Exception {
    for (var resolution : ui.ask(source::resolutions)) {
      out.println("resolution: " + resolution.getLabel());
    }
    ui.run(() -> source.resolve("Go to 4: "));
    is("the reader", "gate_irq.c:17", ui.ask(this::place));
    ui.run(() -> source.resolve("Explain "));
    StyledText page = ui.await("a page", widgets::page);
    is("a heading", true, ui.ask(() -> page.getText().startsWith("plain list_del() of")));
    is("the rule's page", true, ui.ask(() -> page.getText().contains("How it was proven")));
    ui.run(() -> ui.page().activate(source.editor()));
    ui.picture("eclipse-story");
    ui.run(() -> Widgets.click(page, "virt/gate/gate_device.c:47"));
    is("the link", "gate_device.c:47", ui.ask(this::place));
    out.println("explained: " + ui.ask(() -> page.getLine(0)));
    ui.run(() -> ui.page().hideView(ui.page().findView(PLUGIN + ".page")));
  }

  private void fixAndUndo(Source source) throws Exception {
    out.println("quick fix: " + ui.ask(() -> source.resolution(FIX).getLabel()));
    ui.later(widgets::quickFix);
    Shell dialog = ui.await("the dialog", widgets::quickFixDialog);
    ui.picture("eclipse-quickfix");
    is("the first choice", FIX, ui.ask(() -> Widgets.choices(dialog).get(0)));
    ui.later(() -> Widgets.finish(dialog));
    ui.until("the marker goes after the fix", source::isClean);
    out.println("line: " + ui.ask(source::code));
    is("waits to be saved", true, ui.ask(() -> source.editor().isDirty()));
    ui.run(source::undo);
    ui.await("the marker comes back after an undo", source::marker);
    is("undone", "list_del(&dev->gate_node);", ui.ask(source::code));
  }

  private void settings(Source source) throws Exception {
    preferences.setValue("tier", "error");
    ui.until("a warning is not shown if only errors are", source::isClean);
    preferences.setToDefault("tier");
    ui.await("a warning is shown again", source::marker);
    preferences.setValue("rules", "symbol-*");
    ui.until("a rule that is not asked for says nothing", source::isClean);
    preferences.setToDefault("rules");
    ui.await("all rules are asked again", source::marker);
    preferences.setValue("docs", "https://example.org/rules");
    String address =
        ui.await(
            "the rule's page",
            () ->
                source.resolutions().stream()
                    .filter(resolution -> resolution.getLabel().equals("Open the rule's page"))
                    .map(resolution -> ((IMarkerResolution2) resolution).getDescription())
                    .findFirst());
    is("its address", "https://example.org/rules/rcu-list-plain-delete.md", address);
    preferences.setToDefault("docs");
    preferences.setValue("enabled", false);
    ui.until("nothing is shown when it is off", source::isClean);
    ui.until("no server is left when it is off", () -> server().isEmpty());
    preferences.setToDefault("enabled");
    ui.await("a warning is shown when it is on again", source::marker);
    ui.run(
        () -> {
          PreferenceDialog dialog =
              PreferencesUtil.createPreferenceDialogOn(
                  ui.window().getShell(), PLUGIN + ".preferences", null, null);
          dialog.setBlockOnOpen(false);
          dialog.open();
          boolean asks = Widgets.has(dialog.getShell(), "&Path of pinion:");
          dialog.close();
          is("the page of preferences", true, asks);
        });
    out.println("settings: taken at once");
  }

  private void death(Source source) throws Exception {
    ProcessHandle first = ui.await("a server", Scenario::server);
    first.destroyForcibly();
    ui.until("another server", () -> server().filter(s -> s.pid() != first.pid()).isPresent());
    // What it says of the text shows that it has been told of it.
    ui.run(
        () -> {
          int at = source.document().get().indexOf("list_del(");
          source.document().replace(at, "list_del".length(), "list_del_rcu");
        });
    ui.until("the marker goes after an edit", source::isClean);
    ui.run(source::undo);
    ui.await("the marker comes back from the new server", source::marker);
    out.println("killed: another server shows the same");
  }

  private void baseline(Source source) throws Exception {
    Path baseline = Path.of(Drive.variable("TREE")).resolve(".pinion/baseline.json");
    ui.run(() -> source.resolve("Add "));
    ui.until("an accepted finding goes", source::isClean);
    is("in the file", true, Files.readString(baseline).contains("rcu-list-plain-delete"));
    Files.delete(baseline);
    preferences.setValue("enabled", false);
    ui.until("no server is left", () -> server().isEmpty());
    preferences.setToDefault("enabled");
    ui.await("without the file the finding is back", source::marker);
    out.println("baseline: accepted, and back without it");
  }

  private void missing(Source source) throws Exception {
    preferences.setValue("executable", "/nowhere/pinion");
    ui.until("nothing is shown without pinion", source::isClean);
    ui.run(() -> IDE.openEditor(ui.page(), sibling(source), "org.eclipse.ui.DefaultTextEditor"));
    List<String> said = ui.await("a line in the log", () -> said("/nowhere/pinion"));
    is("lines about it", 1, said.size());
    out.println("missing: " + said.get(0));
    preferences.setValue("executable", Drive.variable("PINION"));
    ui.await("the marker is back with the path of pinion", source::marker);
    ProcessHandle last = ui.await("a server", Scenario::server);
    out.println("server: " + last.pid());
  }

  private void nothingElseIsWrong() {
    for (IStatus status : errors) {
      if (status.getPlugin().startsWith(PLUGIN)
          && !status.getMessage().contains("/nowhere/pinion")) {
        throw new AssertionError("in the log: " + status);
      }
    }
  }

  private Optional<List<String>> said(String part) {
    List<String> lines =
        errors.stream().map(IStatus::getMessage).filter(m -> m.contains(part)).toList();
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private static IFile sibling(Source source) {
    IResource folder = source.file().getParent();
    return ResourcesPlugin.getWorkspace()
        .getRoot()
        .getFile(folder.getFullPath().append("gate_irq.c"));
  }

  /** The process that the plug-in has started. */
  private static Optional<ProcessHandle> server() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child -> child.info().commandLine().orElse("").endsWith(" lsp"))
        .findFirst();
  }

  /** Where the selection of the active editor is. */
  private String place() {
    ITextEditor editor = Adapters.adapt(ui.page().getActiveEditor(), ITextEditor.class);
    ITextSelection selection = (ITextSelection) editor.getSelectionProvider().getSelection();
    return editor.getEditorInput().getName() + ":" + (selection.getStartLine() + 1);
  }

  private static void is(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": " + actual + ", not " + expected);
    }
  }
}
