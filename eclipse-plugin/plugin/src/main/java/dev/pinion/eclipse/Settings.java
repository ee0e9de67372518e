// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.eclipse.jface.preference.IPreferenceStore;

/**
 * What the user has set.
 *
 * @param enabled whether there is to be any server
 * @param executable the path of pinion; blank to look for it
 * @param tier the lowest tier that is shown, as the server names it
 * @param rules patterns of rules, with blanks or commas between; blank for all
 * @param run when to analyse, as the server names it
 * @param docs where the rules' pages are on the web; blank for nowhere
 */
record Settings(
    boolean enabled, String executable, String tier, String rules, String run, String docs) {
  static final String ENABLED = "enabled";
  static final String EXECUTABLE = "executable";
  static final String TIER = "tier";
  static final String RULES = "rules";
  static final String RUN = "run";
  static final String DOCS = "docs";

  static final Settings DEFAULT = new Settings(true, "", "warning", "", "onType", "");

  static Settings of(IPreferenceStore store) {
    return new Settings(
        store.getBoolean(ENABLED),
        store.getString(EXECUTABLE),
        store.getString(TIER),
        store.getString(RULES),
        store.getString(RUN),
        store.getString(DOCS));
  }

  void setDefaults(IPreferenceStore store) {
    store.setDefault(ENABLED, enabled);
    store.setDefault(EXECUTABLE, executable);
    store.setDefault(TIER, tier);
    store.setDefault(RULES, rules);
    store.setDefault(RUN, run);
    store.setDefault(DOCS, docs);
  }

  /** Whether a server that was started for others has to go for these. */
  boolean needOthersThan(Settings before) {
    return enabled != before.enabled || !executable.equals(before.executable);
  }

  /** As the server takes them. */
  JsonObject forServer() {
    JsonObject json = new JsonObject();
    json.addProperty(TIER, tier);
    JsonArray patterns = new JsonArray();
    for (String pattern : rules.split("[,\\s]+", -1)) {
      if (!pattern.isEmpty()) {
        patterns.add(pattern);
      }
    }
    json.add(RULES, patterns);
    json.addProperty(RUN, run);
    json.addProperty(DOCS, docs.strip());
    return json;
  }
}
