// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.BooleanFieldEditor;
import org.eclipse.jface.preference.ComboFieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.FileFieldEditor;
import org.eclipse.jface.preference.StringButtonFieldEditor;
import org.eclipse.jface.preference.StringFieldEditor;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.preferences.ScopedPreferenceStore;

/** Preferences &gt; Pinion. What is applied takes effect at once. */
public final class PinionPreferencePage extends FieldEditorPreferencePage
    implements IWorkbenchPreferencePage {

  public PinionPreferencePage() {
    super(GRID);
  }

  @Override
  public void init(IWorkbench workbench) {
    setPreferenceStore(new ScopedPreferenceStore(InstanceScope.INSTANCE, PinionPlugin.ID));
    setDescription("Findings of Pinion in C files of kernel trees, while they are edited.");
  }

  @Override
  protected void createFieldEditors() {
    addField(new BooleanFieldEditor(Settings.ENABLED, "&Show findings", getFieldEditorParent()));
    FileFieldEditor executable =
        new FileFieldEditor(
            Settings.EXECUTABLE,
            "&Path of pinion:",
            true,
            StringButtonFieldEditor.VALIDATE_ON_KEY_STROKE,
            getFieldEditorParent());
    executable.setEmptyStringAllowed(true);
    executable.getTextControl(getFieldEditorParent()).setMessage("looked for on the PATH");
    addField(executable);
    addField(
        combo(
            Settings.TIER,
            "&Lowest tier:",
            new String[][] {
              {"Errors: proven on a path", "error"},
              {"Warnings", "warning"},
              {"Latent: something else masks them today", "latent"}
            }));
    StringFieldEditor rules =
        new StringFieldEditor(Settings.RULES, "&Rules:", getFieldEditorParent());
    rules.getTextControl(getFieldEditorParent()).setMessage("all; or such as rcu-* !symbol-*");
    addField(rules);
    addField(
        combo(
            Settings.RUN,
            "&Analyse:",
            new String[][] {{"While typing", "onType"}, {"When a file is saved", "onSave"}}));
    addField(
        new StringFieldEditor(
            Settings.DOCS, "&Address of the rules' pages:", getFieldEditorParent()));
  }

  private ComboFieldEditor combo(String name, String label, String[][] choices) {
    return new ComboFieldEditor(name, label, choices, getFieldEditorParent());
  }
}
