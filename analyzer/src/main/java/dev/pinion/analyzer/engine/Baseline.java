// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.Reason;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
public record Baseline(List<Reported> entries) {
  /** Accepts nothing. */
  public static final Baseline EMPTY = new Baseline(List.of());

  public Baseline {
    entries = List.copyOf(entries);
  }

  /**
   * The fingerprints of those findings that are accepted. Each entry accepts one finding: the one
   * with its fingerprint, else one with its rule, function and message, else one with its rule,
   * file and message if its function is gone.
   *
   * @param tree the findings'
   */
  public Set<String> accepted(List<Reported> findings, SourceTree tree) {
    Set<String> accepted = new HashSet<>();
    if (entries.isEmpty()) {
      return accepted; // Pairs would be looked for in the text of every finding's file.
    }
    FindingDiff.between(entries, findings, new TreeTexts(tree, tree))
        .kept()
        .forEach(pair -> accepted.add(pair.after().fingerprint()));
    return accepted;
  }

  /** These and those of some others that are not among them, each behind the last of its file. */
  public Baseline with(List<Reported> more) {
    List<Reported> all = new ArrayList<>(entries);
    for (Reported one : more) {
      if (all.stream().noneMatch(e -> e.fingerprint().equals(one.fingerprint()))) {
        int place = 0;
        while (place < all.size() && file(all.get(place)).compareTo(file(one)) <= 0) {
          place++;
        }
        all.add(place, one);
      }
    }
    return new Baseline(all);
  }

  private static String file(Reported entry) {
    return entry.finding().location().file();
  }

  /** Only the entries that may be about findings which a request covers. */
  public Baseline within(ScanRequest request, SourceTree tree) {
    return new Baseline(
        entries.stream()
            .filter(e -> request.covers(file(e)) || tree.file(file(e)).isEmpty())
            .toList());
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws SourceException if it is none, or cannot be read; the message says so without its name
   */
  public static Baseline read(Path file) throws SourceException {
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
      throw new SourceException("cannot be read: " + Reason.of(e), e);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException e) {
      // What Gson throws, in turn, for text that is not JSON and for JSON of another shape.
      throw new SourceException("is not a baseline; write one with --write-baseline", e);
    }
  }

  private static String text(JsonObject finding, String name) {
    return finding.get(name).getAsString();
  }

  /**
   * Writes the file anew; whoever reads it meanwhile has the old one or the new one, never a half.
   *
   * @throws SourceException if that is not possible; the message says why without the file's name
   */
  public void write(Path file) throws SourceException {
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      json.setIndent("  ");
      json.setHtmlSafe(false);
      json.beginObject();
      json.name("baseline").value(1);
      json.name("findings").beginArray();
      for (Reported finding : entries) {
        json.beginObject();
        json.name("fingerprint").value(finding.fingerprint());
        json.name("rule").value(finding.finding().rule());
        json.name("file").value(finding.finding().location().file());
        json.name("function").value(finding.finding().function());
        json.name("message").value(finding.finding().message());
        json.endObject();
      }
      json.endArray().endObject();
      put(text.append('\n').toString(), file);
    } catch (IOException e) {
      throw new SourceException("cannot be written: " + Reason.of(e), e);
    }
  }

  private static void put(String text, Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      Files.writeString(file, text); // A pipe, or /dev/stdout; it says what is wrong with a folder.
      return;
    }
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path draft = target.resolveSibling(target.getFileName() + ".new");
    Files.writeString(draft, text);
    try {
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
  }
}
