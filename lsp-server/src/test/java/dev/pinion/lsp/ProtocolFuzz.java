// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Analyzer analyzer;
  private final Path root;
  private final FuzzParams about;
  private final MalformedTalk nonsense;
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
    this.random = new Random(seed);
    this.about = new FuzzParams(random, vocabulary);
    this.nonsense = new MalformedTalk(root, random, about);
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
          nonsense.say(client);
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
        change(file, FuzzParams.text(buffers.get(file)), client);
      }
      case 3 -> client.request("textDocument/hover", about.at(file, buffer(file)));
      case 4 -> client.request("textDocument/codeAction", about.codeAction(file, buffer(file)));
      case 5 -> client.request("textDocument/codeLens", FuzzParams.document(file));
      case 6 -> {
        int id = client.request("textDocument/hover", about.at(file, buffer(file)));
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
    client.send(RawClient.message("textDocument/didClose", FuzzParams.document(file)));
  }

  private void save(Path file, RawClient client) throws IOException {
    // An edit may have cut a character in two, of which no bytes can be made.
    Files.write(file, buffer(file).getBytes(StandardCharsets.UTF_8));
    client.send(RawClient.message("textDocument/didSave", FuzzParams.document(file)));
  }

  /** Some random places are outside of the text; the protocol says what that means. */
  private void edit(Path file, RawClient client) throws IOException {
    JsonArray changes = new JsonArray();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      String old = buffer(file);
      Lines lines = Lines.of(old);
      int line = random.nextInt(lines.count() + 1);
      int from = random.nextInt(lines.line(line).length() + 2);
      boolean whole = random.nextInt(4) == 0;
      Range range =
          new Range(
              new Position(line, whole ? 0 : from),
              whole ? new Position(line + 1, 0) : new Position(line, from + random.nextInt(3)));
      String typed =
          random.nextInt(3) == 0 ? "" : about.word() + (random.nextBoolean() ? "\n" : " ");
      buffers.put(file, lines.replace(range, typed));
      JsonObject change = new JsonObject();
      change.add("range", new Gson().toJsonTree(range));
      change.addProperty("text", typed);
      changes.add(change);
    }
    change(file, changes, client);
  }

  private void change(Path file, JsonArray changes, RawClient client) throws IOException {
    JsonObject params = FuzzParams.document(file);
    params
        .getAsJsonObject("textDocument")
        .addProperty("version", versions.merge(file, 1, Integer::sum));
    params.add("contentChanges", changes);
    client.send(RawClient.message("textDocument/didChange", params));
  }

  private String buffer(Path file) {
    return buffers.getOrDefault(file, "");
  }

  private void configure(RawClient client) throws IOException {
    JsonObject params = new JsonObject();
    JsonObject pinion = new JsonObject();
    pinion.add("pinion", settings.deepCopy());
    params.add("settings", pinion);
    client.send(RawClient.message("workspace/didChangeConfiguration", params));
  }

  private JsonObject command(Path file) {
    JsonArray arguments = new JsonArray();
    arguments.add(Uris.of(file));
    arguments.add(random.nextBoolean() ? "field" : "0");
    arguments.add(about.word());
    JsonObject params = new JsonObject();
    List<String> commands = List.of(Commands.EXPLAIN, Commands.ATLAS, Commands.REBUILD, "none");
    params.addProperty("command", commands.get(random.nextInt(20) == 0 ? 2 : random.nextInt(2)));
    params.add("arguments", arguments);
    return params;
  }

  /** All requests are answered, and what is shown is what a fresh analysis says. */
  private void check(RawClient client) throws Exception {
    configure(client); // A malformed message may have changed it.
    JsonObject watched = JsonParser.parseString("{\"changes\": []}").getAsJsonObject();
    client.send(RawClient.message("workspace/didChangeWatchedFiles", watched));
    client.awaitAnswers();
    Map<String, List<String>> expected =
        new FreshAnswers(analyzer, root).of(buffers, settings.get("tier").getAsString());
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
}
