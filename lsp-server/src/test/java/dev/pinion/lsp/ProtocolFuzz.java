// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * Says random things to a server, valid ones about a tree and malformed ones about another, and
 * compares now and then what it shows with what a fresh analysis says of the buffers as they are.
 * The same seed says the same things.
 */
final class ProtocolFuzz {
  private static final int CHECK_EVERY = 100;

  private static final List<String> JUNK =
      List.of("", "0", "file:///no/such", "\u0000", "ünï€𝄞", "../..", "pinion.atlas", "-1", "{");

  private final Analyzer analyzer;
  private final Path root;
  private final List<String> vocabulary;
  private final Random random;
  private final List<Path> files;
  private final Map<Path, String> buffers = new TreeMap<>();
  private final Map<Path, Integer> versions = new HashMap<>();
  private final JsonObject settings = new JsonObject();
  private int said;

  /**
   * @param root of a tree that may be written to
   * @param files of it that are opened
   * @param vocabulary what is typed into them
   */
  ProtocolFuzz(Analyzer analyzer, Path root, List<Path> files, List<String> vocabulary, long seed) {
    this.analyzer = analyzer;
    this.root = root;
    this.files = List.copyOf(files);
    this.vocabulary = List.copyOf(vocabulary);
    this.random = new Random(seed);
    settings.addProperty("store", "none");
    settings.addProperty("tier", "warning");
    settings.addProperty("baseline", "none");
  }

  /**
   * Says so many messages.
   *
   * @return how often what is shown was compared
   * @throws AssertionError if the server hangs, ends, says that something crashed, or shows what is
   *     not so
   */
  int run(int valid, int malformed) throws Exception {
    int checks = 0;
    try (RawClient client = new RawClient(analyzer)) {
      client.request("initialize", initialize());
      client.awaitAnswers();
      client.send(RawClient.message("initialized", new JsonObject()));
      for (int left = valid, bad = malformed; left + bad > 0; said++) {
        if (random.nextInt(left + bad) < left) {
          left--;
          sayValid(client);
        } else {
          bad--;
          sayMalformed(client);
        }
        if (said % CHECK_EVERY == CHECK_EVERY - 1 || left + bad == 0) {
          check(client);
          checks++;
        }
      }
    }
    return checks;
  }

  private JsonObject initialize() {
    return JsonParser.parseString(
            """
            {"processId": null, "rootUri": null, "workspaceFolders": null,
             "initializationOptions": {"store": "none", "baseline": "none"},
             "capabilities": {
               "window": {"workDoneProgress": true},
               "workspace": {"configuration": true, "codeLens": {"refreshSupport": true}},
               "experimental": {"pinion": {"status": true, "pages": true}},
               "textDocument": {"publishDiagnostics":
                 {"relatedInformation": true, "versionSupport": true}}}}\
            """)
        .getAsJsonObject();
  }

  private void sayValid(RawClient client) throws IOException {
    Path file = files.get(random.nextInt(files.size()));
    if (!buffers.containsKey(file)) {
      open(file, client);
      return;
    }
    switch (random.nextInt(20)) {
      case 0 -> close(file, client);
      case 1 -> save(file, client);
      case 2 -> {
        buffers.put(file, Files.readString(file));
        change(file, text(buffers.get(file)), client);
      }
      case 3 -> client.request("textDocument/hover", at(file));
      case 4 -> client.request("textDocument/codeAction", codeAction(file));
      case 5 -> client.request("textDocument/codeLens", document(file));
      case 6 -> {
        int id = client.request("textDocument/hover", at(file));
        JsonObject params = new JsonObject();
        params.addProperty("id", id);
        client.send(RawClient.message("$/cancelRequest", params));
      }
      case 7 -> {
        settings.addProperty("tier", List.of("error", "warning", "latent").get(random.nextInt(3)));
        configure(client);
      }
      case 8 -> client.request("workspace/executeCommand", command(file));
      case 9 ->
          client.send(
              RawClient.message(
                  "workspace/didChangeWatchedFiles",
                  JsonParser.parseString("{\"changes\": []}").getAsJsonObject()));
      default -> edit(file, client);
    }
  }

  private void open(Path file, RawClient client) throws IOException {
    String text = Files.readString(file);
    buffers.put(file, text);
    int version = versions.merge(file, 1, Integer::sum);
    JsonObject item = new JsonObject();
    item.addProperty("uri", Uris.of(file));
    item.addProperty("languageId", "c");
    item.addProperty("version", version);
    item.addProperty("text", text);
    JsonObject params = new JsonObject();
    params.add("textDocument", item);
    client.send(RawClient.message("textDocument/didOpen", params));
  }

  private void close(Path file, RawClient client) throws IOException {
    buffers.remove(file);
    client.send(RawClient.message("textDocument/didClose", document(file)));
  }

  private void save(Path file, RawClient client) throws IOException {
    // An edit may have cut a character in two, of which no bytes can be made.
    Files.write(file, buffers.getOrDefault(file, "").getBytes(StandardCharsets.UTF_8));
    client.send(RawClient.message("textDocument/didSave", document(file)));
  }

  /** Some random places are outside of the text; the protocol says what that means. */
  private void edit(Path file, RawClient client) throws IOException {
    JsonArray changes = new JsonArray();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      String old = buffers.getOrDefault(file, "");
      Lines lines = Lines.of(old);
      int line = random.nextInt(lines.count() + 1);
      int from = random.nextInt(lines.line(line).length() + 2);
      boolean whole = random.nextInt(4) == 0;
      Range range =
          new Range(
              new Position(line, whole ? 0 : from),
              whole ? new Position(line + 1, 0) : new Position(line, from + random.nextInt(3)));
      String typed = random.nextInt(3) == 0 ? "" : word() + (random.nextBoolean() ? "\n" : " ");
      buffers.put(file, lines.replace(range, typed));
      JsonObject change = new JsonObject();
      change.add("range", new Gson().toJsonTree(range));
      change.addProperty("text", typed);
      changes.add(change);
    }
    change(file, changes, client);
  }

  private String word() {
    return vocabulary.get(random.nextInt(vocabulary.size()));
  }

  private static JsonArray text(String text) {
    JsonObject change = new JsonObject();
    change.addProperty("text", text);
    JsonArray changes = new JsonArray();
    changes.add(change);
    return changes;
  }

  private void change(Path file, JsonArray changes, RawClient client) throws IOException {
    JsonObject params = document(file);
    params
        .getAsJsonObject("textDocument")
        .addProperty("version", versions.merge(file, 1, Integer::sum));
    params.add("contentChanges", changes);
    client.send(RawClient.message("textDocument/didChange", params));
  }

  private void configure(RawClient client) throws IOException {
    JsonObject params = new JsonObject();
    JsonObject pinion = new JsonObject();
    pinion.add("pinion", settings.deepCopy());
    params.add("settings", pinion);
    client.send(RawClient.message("workspace/didChangeConfiguration", params));
  }

  private static JsonObject document(Path file) {
    JsonObject id = new JsonObject();
    id.addProperty("uri", Uris.of(file));
    JsonObject params = new JsonObject();
    params.add("textDocument", id);
    return params;
  }

  private JsonObject at(Path file) {
    JsonObject params = document(file);
    int line = random.nextInt(Lines.of(buffers.getOrDefault(file, "")).count() + 1);
    params.add("position", new Gson().toJsonTree(new Position(line, random.nextInt(30))));
    return params;
  }

  private JsonObject codeAction(Path file) {
    JsonObject params = at(file);
    JsonElement position = params.remove("position");
    JsonObject range = new JsonObject();
    range.add("start", position);
    range.add("end", position.deepCopy());
    params.add("range", range);
    JsonObject context = new JsonObject();
    context.add("diagnostics", new JsonArray());
    if (random.nextInt(4) == 0) {
      JsonArray only = new JsonArray();
      only.add("source.fixAll");
      context.add("only", only);
    }
    params.add("context", context);
    return params;
  }

  private JsonObject command(Path file) {
    JsonArray arguments = new JsonArray();
    arguments.add(Uris.of(file));
    arguments.add(random.nextBoolean() ? "field" : "0");
    arguments.add(word());
    JsonObject params = new JsonObject();
    List<String> commands = List.of(Commands.EXPLAIN, Commands.ATLAS, Commands.REBUILD, "none");
    params.addProperty("command", commands.get(random.nextInt(20) == 0 ? 2 : random.nextInt(2)));
    params.add("arguments", arguments);
    return params;
  }

  /** About files of which nobody expects anything. */
  private void sayMalformed(RawClient client) throws IOException {
    Path victim = root.resolveSibling("victim").resolve("v" + random.nextInt(3) + ".c");
    switch (random.nextInt(6)) {
      case 0 -> client.raw(junk());
      case 1 -> client.body("[".repeat(1 + random.nextInt(4000)));
      case 2 -> {
        String body = victim(victim).toString();
        client.body(body.substring(0, random.nextInt(body.length())));
      }
      case 3 -> {
        String body = victim(victim).toString();
        int length = random.nextInt(body.length());
        client.raw(
            ("Content-Length: " + length + "\r\n\r\n" + body + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
      }
      default -> {
        JsonObject message = victim(victim);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
          spoil(message);
        }
        client.send(message);
      }
    }
  }

  private byte[] junk() {
    String header =
        List.of(
                "garbage\r\n",
                "Content-Length: x\r\n\r\n",
                "Content-Length: -5\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Content-Type: x\r\n\r\n",
                "Content-Length:\r\n\r\n",
                "\r\n\r\n\r\n",
                ": : :\r\n")
            .get(random.nextInt(8));
    return header.getBytes(StandardCharsets.UTF_8);
  }

  private JsonObject victim(Path file) {
    JsonObject params =
        switch (random.nextInt(3)) {
          case 0 -> at(file);
          case 1 -> codeAction(file);
          default -> document(file);
        };
    JsonObject item = params.getAsJsonObject("textDocument");
    item.addProperty("version", random.nextInt(5));
    item.addProperty("text", word());
    item.addProperty("languageId", "c");
    params.add("contentChanges", text(word()));
    params.addProperty("command", Commands.ATLAS);
    JsonArray arguments = new JsonArray();
    arguments.add(Uris.of(file));
    params.add("arguments", arguments);
    List<String> methods =
        List.of(
            "textDocument/didOpen",
            "textDocument/didChange",
            "textDocument/didSave",
            "textDocument/didClose",
            "textDocument/hover",
            "textDocument/codeAction",
            "textDocument/codeLens",
            "workspace/executeCommand",
            "workspace/didChangeConfiguration",
            "workspace/didChangeWorkspaceFolders",
            "window/workDoneProgress/cancel",
            "$/cancelRequest",
            "no/such");
    JsonObject message = RawClient.message(methods.get(random.nextInt(methods.size())), params);
    if (random.nextBoolean()) {
      message.addProperty("id", 1_000_000 + said);
    }
    return message;
  }

  /** Puts something else in the place of a random value, or takes it away. */
  private void spoil(JsonObject message) {
    JsonObject at = message;
    while (true) {
      List<String> keys = new ArrayList<>(at.keySet());
      if (keys.isEmpty()) {
        return;
      }
      String key = keys.get(random.nextInt(keys.size()));
      if (at.get(key).isJsonObject() && random.nextInt(4) != 0) {
        at = at.getAsJsonObject(key);
      } else if (random.nextInt(5) == 0) {
        at.remove(key);
        return;
      } else {
        at.add(key, something());
        return;
      }
    }
  }

  private JsonElement something() {
    return switch (random.nextInt(7)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(random.nextInt());
      case 2 -> new JsonPrimitive(1e300);
      case 3 -> new JsonPrimitive(random.nextBoolean());
      case 4 -> new JsonArray();
      case 5 -> new JsonObject();
      default -> new JsonPrimitive(JUNK.get(random.nextInt(JUNK.size())));
    };
  }

  /** All requests are answered, and what is shown is what a fresh analysis says. */
  private void check(RawClient client) throws Exception {
    configure(client); // A malformed message may have changed it.
    JsonObject watched = JsonParser.parseString("{\"changes\": []}").getAsJsonObject();
    client.send(RawClient.message("workspace/didChangeWatchedFiles", watched));
    client.awaitAnswers();
    Map<String, List<String>> expected = expected();
    for (Path file : files) {
      String uri = Uris.of(file);
      boolean open = buffers.containsKey(file);
      List<String> lines = open ? expected.getOrDefault(uri, List.of()) : List.of();
      Optional<Integer> version =
          open ? Optional.of(versions.getOrDefault(file, 0)) : Optional.empty();
      client.await(
          "diagnostics of " + uri + " " + version + " " + lines + " but " + client.shown(uri),
          () ->
              client.shown(uri).lines().equals(lines)
                  && (!open || client.shown(uri).version().equals(version)));
    }
    if (!client.complaints().isEmpty()) {
      throw new AssertionError(client.complaints().toString());
    }
  }

  private Map<String, List<String>> expected() throws Exception {
    Map<String, String> contents = new TreeMap<>();
    buffers.forEach((file, text) -> contents.put(root.relativize(file).toString(), text));
    Map<String, List<String>> expected = new HashMap<>();
    if (contents.isEmpty()) {
      return expected;
    }
    Tier tier =
        List.of(Tier.values()).stream()
            .filter(t -> t.label().equals(settings.get("tier").getAsString()))
            .findFirst()
            .orElseThrow();
    try (Analysis analysis = analyzer.open("none", warning -> {})) {
      Analysis.Job job =
          new Analysis.Job(
              root, contents, List.copyOf(contents.keySet()), List.of(), Analysis.Disk.CHANGED);
      for (Reported one : analysis.scan(job, Progress.NONE, () -> false).findings()) {
        Finding finding = one.finding();
        if (finding.tier().atLeast(tier)) {
          expected
              .computeIfAbsent(
                  Uris.of(root.resolve(finding.location().file())), u -> new ArrayList<>())
              .add(
                  "%d:%d %s [%s]"
                      .formatted(
                          finding.location().line(),
                          finding.location().column(),
                          finding.message(),
                          finding.rule()));
        }
      }
    }
    expected.values().forEach(lines -> lines.sort(null));
    return expected;
  }
}
