// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.TextEdit;
import dev.pinion.cli.report.Item;
import java.io.IOException;
import java.util.List;

/**
 * The {@code fixes} of a SARIF result (3.27.30 and 3.55 to 3.57 of the standard). What needs more
 * than edits is no fix there: a viewer would carry out half of it.
 */
final class SarifFixes {
  private SarifFixes() {}

  /** Writes where a file is. */
  interface Artifact {
    void write(String file, JsonWriter json) throws IOException;
  }

  /** Writes the fixes of a result; nothing if it has none. */
  static void write(Item item, Artifact artifact, JsonWriter json) throws IOException {
    List<Fix> fixes = item.fixes().orElse(List.of()).stream().filter(Fix::isComplete).toList();
    if (fixes.isEmpty()) {
      return;
    }
    json.name("fixes").beginArray();
    for (Fix fix : fixes) {
      json.beginObject();
      json.name("description").beginObject().name("text").value(fix.title()).endObject();
      json.name("artifactChanges").beginArray().beginObject();
      artifact.write(fix.file(), json);
      json.name("replacements").beginArray();
      for (TextEdit edit : fix.edits()) {
        json.beginObject();
        json.name("deletedRegion").beginObject();
        json.name("startLine").value(edit.at().line());
        json.name("startColumn").value(edit.at().column());
        json.name("endLine").value(edit.at().line());
        json.name("endColumn").value(edit.endColumn());
        json.endObject();
        json.name("insertedContent").beginObject().name("text").value(edit.after()).endObject();
        json.endObject();
      }
      json.endArray().endObject().endArray().endObject();
    }
    json.endArray();
  }
}
