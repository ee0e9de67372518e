// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.source.Reason;
import dev.pinion.cli.format.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Findings that a project has accepted, by fingerprint. The file also says of each what and where
 * it was, for whoever reviews it, and is sorted so that its diffs are small.
 *
 * @param fingerprints the accepted ones
 */
record Baseline(Set<String> fingerprints) {
  static final Baseline EMPTY = new Baseline(Set.of());

  Baseline {
    fingerprints = Set.copyOf(fingerprints);
  }

  boolean contains(Reported finding) {
    return fingerprints.contains(finding.fingerprint());
  }

  /** Reads a file that {@link #write} wrote. */
  static Baseline read(Path file) throws BadInput {
    try {
      JsonObject root = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      JsonArray findings = root.getAsJsonArray("findings");
      Set<String> fingerprints = new HashSet<>();
      for (JsonElement finding : findings) {
        fingerprints.add(finding.getAsJsonObject().get("fingerprint").getAsString());
      }
      return new Baseline(fingerprints);
    } catch (IOException e) {
      throw new BadInput("--baseline " + file + ": cannot be read: " + Reason.of(e), e);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException e) {
      // What Gson throws, in turn, for text that is not JSON and for JSON of another shape.
      throw new BadInput(
          "--baseline " + file + ": is not a baseline; write one with --write-baseline", e);
    }
  }

  /** Writes the findings as a baseline. */
  static void write(List<Reported> findings, Path file) throws BadInput {
    StringBuilder text = new StringBuilder();
    try {
      JsonWriter json = Json.writer(text);
      json.beginObject();
      json.name("baseline").value(1);
      json.name("findings").beginArray();
      for (Reported finding : findings) {
        json.beginObject();
        json.name("fingerprint").value(finding.fingerprint());
        json.name("rule").value(finding.finding().rule());
        json.name("file").value(finding.finding().location().file());
        json.name("function").value(finding.finding().function());
        json.name("message").value(finding.finding().message());
        json.endObject();
      }
      json.endArray().endObject();
      Files.writeString(file, text.append('\n'));
    } catch (IOException e) {
      throw new BadInput("--write-baseline " + file + ": cannot be written: " + Reason.of(e), e);
    }
  }
}
