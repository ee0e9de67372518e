// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.lsp.LspServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line and the language server say the same of each tree of the corpus. */
class SameFindingsTest {
  private static final Path CORPUS = Path.of("..", "corpus");
  private static final List<String> FAMILIES = List.of("pin", "rcu", "symbol", "teardown", "wait");

  @TempDir Path temp;

  /** A client of nothing but JSON, so that what is compared has gone through the protocol. */
  private static final class Client implements AutoCloseable {
    private final InputStream in;
    private final OutputStream out;
    private final Map<String, JsonArray> shown = new HashMap<>();

    Client() throws IOException {
      Pipe there = Pipe.open();
      Pipe back = Pipe.open();
      InputStream serverIn = Channels.newInputStream(there.source());
      OutputStream serverOut = Channels.newOutputStream(back.sink());
      Thread server = new Thread(() -> serve(serverIn, serverOut), "server-under-test");
      server.setDaemon(true);
      server.start();
      in = Channels.newInputStream(back.source());
      out = Channels.newOutputStream(there.sink());
    }

    /** Closes the server's end when it ends, also by a crash: the client must not wait for ever. */
    private static void serve(InputStream in, OutputStream out) {
      try (out) {
        LspServer.run(in, out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void say(String method, String params) throws IOException {
      String id = method.equals("initialize") ? "\"id\":1," : "";
      String body =
          "{\"jsonrpc\":\"2.0\",%s\"method\":\"%s\",\"params\":%s}".formatted(id, method, params);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      out.write(("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      out.write(bytes);
      out.flush();
    }

    /** Takes the server's next message; remembers what it shows. */
    JsonObject hear() throws IOException {
      int length = 0;
      StringBuilder header = new StringBuilder();
      while (!header.toString().endsWith("\r\n\r\n")) {
        int next = in.read();
        assertTrue(next >= 0, "the server has gone");
        header.append((char) next);
      }
      for (String line : header.toString().lines().toList()) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      JsonObject message = JsonParser.parseString(body).getAsJsonObject();
      if (message.has("method")
          && message.get("method").getAsString().equals("textDocument/publishDiagnostics")) {
        JsonObject params = message.getAsJsonObject("params");
        if (params.has("version")) {
          shown.put(params.get("uri").getAsString(), params.getAsJsonArray("diagnostics"));
        }
      }
      return message;
    }

    /** What is shown of an open file; waits for it. */
    JsonArray shown(String uri) throws IOException {
      while (!shown.containsKey(uri)) {
        hear();
      }
      return shown.get(uri);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  @Test
  @Timeout(600)
  void ofTheWholeCorpus() throws Exception {
    List<Path> trees = new ArrayList<>(List.of(copy(CORPUS.resolve("demo"), "demo")));
    for (String family : FAMILIES) {
      try (Stream<Path> all = Files.list(CORPUS.resolve(family))) {
        for (Path tree : all.filter(Files::isDirectory).sorted().toList()) {
          trees.add(copy(tree, family + "/" + tree.getFileName()));
        }
      }
    }
    int findings = 0;
    try (Client client = new Client()) {
      client.say(
          "initialize",
          """
          {"processId":null,"rootUri":null,"workspaceFolders":[],
           "initializationOptions":{"store":"none","tier":"latent"},
           "capabilities":{"textDocument":{"publishDiagnostics":
             {"relatedInformation":true,"versionSupport":true}}}}\
          """);
      while (!client.hear().has("id")) {}
      client.say("initialized", "{}");
      for (Path tree : trees) {
        List<String> scanned = scanned(tree);
        assertEquals(scanned, shown(tree, client), tree.toString());
        findings += scanned.size();
      }
    }
    assertTrue(trees.size() > 140 && findings > 190, trees.size() + " trees, " + findings);
  }

  private Path copy(Path tree, String name) throws IOException {
    Path to = temp.toRealPath().resolve(name);
    Files.createDirectories(to.getParent());
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path from : all.toList()) {
        Files.copy(from, to.resolve(tree.relativize(from).toString()));
      }
    }
    return to;
  }

  private List<String> scanned(Path tree) {
    Cli.Run run =
        new Cli(tree, temp.resolve("cache"))
            .run(
                "scan",
                tree.toString(),
                "--tier",
                "latent",
                "--format",
                "json",
                "--store",
                "none",
                "--fail-on",
                "never");
    assertEquals(0, run.status(), run.err());
    List<String> lines = new ArrayList<>();
    JsonObject report = JsonParser.parseString(run.out()).getAsJsonObject();
    for (JsonElement element : report.getAsJsonArray("findings")) {
      JsonObject finding = element.getAsJsonObject();
      StringBuilder line = new StringBuilder(place(finding));
      line.append(' ').append(text(finding, "tier")).append(": ").append(text(finding, "message"));
      line.append(" [").append(text(finding, "rule")).append(']');
      for (JsonElement related : finding.getAsJsonArray("related")) {
        line.append("\n  ").append(place(related.getAsJsonObject())).append(' ');
        line.append(text(related.getAsJsonObject(), "message"));
      }
      lines.add(line.toString());
    }
    lines.sort(null);
    return lines;
  }

  private static String place(JsonObject at) {
    return "%s:%d:%d"
        .formatted(text(at, "file"), at.get("line").getAsInt(), at.get("column").getAsInt());
  }

  private static List<String> shown(Path tree, Client client) throws IOException {
    String root = tree.toUri().toString();
    client.say(
        "workspace/didChangeWorkspaceFolders",
        "{\"event\":{\"added\":[{\"uri\":\"%s\",\"name\":\"t\"}],\"removed\":[]}}".formatted(root));
    List<String> uris = new ArrayList<>();
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path file : all.filter(f -> f.toString().matches(".*\\.[ch]")).sorted().toList()) {
        JsonObject document = new JsonObject();
        document.addProperty("uri", file.toUri().toString());
        document.addProperty("languageId", "c");
        document.addProperty("version", 1);
        document.addProperty("text", Files.readString(file));
        client.say("textDocument/didOpen", "{\"textDocument\":" + document + "}");
        uris.add(file.toUri().toString());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String uri : uris) {
      for (JsonElement element : client.shown(uri)) {
        lines.add(line(element.getAsJsonObject(), uri, root));
      }
    }
    for (String uri : uris) {
      client.say("textDocument/didClose", "{\"textDocument\":{\"uri\":\"" + uri + "\"}}");
    }
    client.say(
        "workspace/didChangeWorkspaceFolders",
        "{\"event\":{\"added\":[],\"removed\":[{\"uri\":\"%s\",\"name\":\"t\"}]}}".formatted(root));
    lines.sort(null);
    return lines;
  }

  private static String line(JsonObject diagnostic, String uri, String root) {
    String tier =
        switch (diagnostic.get("severity").getAsInt()) {
          case 1 -> "error";
          case 2 -> "warning";
          default -> "latent";
        };
    StringBuilder line = new StringBuilder(place(uri, root, diagnostic));
    line.append(' ').append(tier).append(": ").append(text(diagnostic, "message"));
    line.append(" [").append(text(diagnostic, "code")).append(']');
    if (diagnostic.has("relatedInformation")) {
      for (JsonElement element : diagnostic.getAsJsonArray("relatedInformation")) {
        JsonObject related = element.getAsJsonObject();
        JsonObject at = related.getAsJsonObject("location");
        line.append("\n  ").append(place(text(at, "uri"), root, at)).append(' ');
        line.append(text(related, "message"));
      }
    }
    return line.toString();
  }

  private static String place(String uri, String root, JsonObject at) {
    JsonObject start = at.getAsJsonObject("range").getAsJsonObject("start");
    return "%s:%d:%d"
        .formatted(
            uri.substring(root.length()),
            start.get("line").getAsInt() + 1,
            start.get("character").getAsInt() + 1);
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }
}
