// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.ui.preferences.ScopedPreferenceStore;

/** What holds until the user sets something else. */
public final class PreferenceDefaults extends AbstractPreferenceInitializer {
  @Override
  public void initializeDefaultPreferences() {
    Settings.DEFAULT.setDefaults(
        new ScopedPreferenceStore(InstanceScope.INSTANCE, PinionPlugin.ID));
  }
}
