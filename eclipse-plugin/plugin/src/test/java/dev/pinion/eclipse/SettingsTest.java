// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.jface.preference.PreferenceStore;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void theStoreKeepsThem() {
    PreferenceStore store = new PreferenceStore();
    Settings.DEFAULT.setDefaults(store);
    assertEquals(Settings.DEFAULT, Settings.of(store));
    assertEquals("[]", Settings.of(store).forServer().get("rules").toString());
    store.setValue("tier", "latent");
    store.setValue("rules", " rcu-*, !rcu-list-move ");
    store.setValue("docs", " https://example.org/rules ");
    assertEquals(
        "{\"tier\":\"latent\",\"rules\":[\"rcu-*\",\"!rcu-list-move\"],\"run\":\"onType\",\"docs\":\"https://example.org/rules\"}",
        Settings.of(store).forServer().toString());
  }

  @Test
  void onlySomeNeedAnotherServer() {
    Settings now = Settings.DEFAULT;
    assertFalse(new Settings(true, "", "error", "x", "onSave", "x").needOthersThan(now));
    assertTrue(new Settings(false, "", "warning", "", "onType", "").needOthersThan(now));
    assertTrue(new Settings(true, "/bin/pinion", "warning", "", "onType", "").needOthersThan(now));
  }
}
