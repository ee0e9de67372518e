// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.engine.FindingDiff;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.TreeTexts;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.Reason;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.cli.format.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Findings that a project has accepted. The file says of each what and where it was, sorted, so
 * that its diffs are small and reviewers can judge them; and so that an entry is known again by its
 * words when its fingerprint has changed with the line, the function's name or the file's.
 *
 * @param entries the accepted ones; their lines are not known
 */
record Baseline(List<Reported> entries) {
  static final Baseline EMPTY = new Baseline(List.of());

  Baseline {
    entries = List.copyOf(entries);
  }

  /**
   * The fingerprints of those findings that are accepted. Each entry accepts one finding: the one
   * with its fingerprint, else one with its rule, function and message, else one with its rule,
   * file and message if its function is gone.
   *
   * @param tree the findings'
   */
  Set<String> accepted(List<Reported> findings, SourceTree tree) {
    Set<String> accepted = new HashSet<>();
    if (entries.isEmpty()) {
      return accepted; // Pairs would be looked for in the text of every finding's file.
    }
    FindingDiff.between(entries, findings, new TreeTexts(tree, tree))
        .kept()
        .forEach(pair -> accepted.add(pair.after().fingerprint()));
    return accepted;
  }

  /** Reads a file that {@link #write} wrote. */
  static Baseline read(Path file) throws BadInput {
    try {
      JsonObject root = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      List<Reported> entries = new ArrayList<>();
      for (JsonElement element : root.getAsJsonArray("findings")) {
        JsonObject finding = element.getAsJsonObject();
        String print = finding.get("fingerprint").getAsString();
        entries.add(
            new Reported(
                print,
                print,
                new Finding(
                    text(finding, "rule"),
                    Tier.LATENT,
                    new Location(text(finding, "file"), 1, 1),
                    text(finding, "function"),
                    text(finding, "message"),
                    List.of())));
      }
      return new Baseline(entries);
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

  private static String text(JsonObject finding, String name) {
    return finding.get(name).getAsString();
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
