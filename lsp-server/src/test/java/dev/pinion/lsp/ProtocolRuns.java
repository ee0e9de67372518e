// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Long runs against a server in this process: {@code bench/protocol}. */
public final class ProtocolRuns {
  private static final Path DEMO = Path.of("corpus", "demo");

  private ProtocolRuns() {}

  /**
   * Runs what the first argument says, {@code fuzz SEED VALID MALFORMED} or {@code edits COUNT}, in
   * the top of the checkout; says how it went.
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    Path temp = Files.createTempDirectory("pinion-protocol-").toRealPath();
    if (arguments[0].equals("fuzz")) {
      long seed = Long.parseLong(arguments[1]);
      int valid = Integer.parseInt(arguments[2]);
      int malformed = Integer.parseInt(arguments[3]);
      int checks = fake(temp.resolve("fake"), seed, valid, malformed);
      out.printf(
          "%d valid and %d malformed messages: no hang, no crash, nothing stale in %d"
              + " comparisons%n",
          valid, malformed, checks);
      checks = real(temp.resolve("real"), seed, valid / 10, malformed / 10);
      out.printf("a tenth of them with the engine and its rules: the same in %d%n", checks);
    } else {
      edits(temp, Integer.parseInt(arguments[1]), out);
    }
    System.exit(0);
  }

  /** Random messages to a server with an analysis of a few lines. */
  static int fake(Path temp, long seed, int valid, int malformed) throws Exception {
    Path root = Files.createDirectories(temp.resolve("tree"));
    Path victim = Files.createDirectories(temp.resolve("victim"));
    Files.writeString(root.resolve("Kbuild"), "");
    Files.writeString(victim.resolve("Kbuild"), "");
    List<Path> files = new ArrayList<>();
    for (String name : List.of("a.c", "b.c", "c.c", "d.c")) {
      files.add(Files.writeString(root.resolve(name), "del(a)\nwalk(b)\nleak(c) smell(d)\n"));
    }
    List<String> words =
        List.of(
            "del(a)", "walk(a)", "del(b)", "walk(b)", "leak(c)", "smell(d)", "ü", "𝄞", "\r", "\t");
    return new ProtocolFuzz(new FakeAnalyzer(), root, files, words, seed).run(valid, malformed);
  }

  /** Random messages to a server with the engine and its rules. */
  static int real(Path temp, long seed, int valid, int malformed) throws Exception {
    Path root = copyOfDemo(temp.resolve("tree"));
    List<Path> files =
        Stream.of("gate_device.c", "gate_irq.c", "gate_internal.h", "gate_relay.c")
            .map(root.resolve("virt/gate")::resolve)
            .toList();
    List<String> words =
        List.of(
            "list_del(&dev->gate_node);",
            "list_del_rcu(&dev->gate_node);",
            "rcu_read_lock();",
            "mutex_lock(&gate->lock);",
            "kfree(dev);",
            "symbol_get(relay_file_set_gate);",
            "{",
            "}",
            "#if 0",
            "#endif",
            "/*",
            "ü𝄞");
    return new ProtocolFuzz(new EngineAnalyzer(), root, files, words, seed).run(valid, malformed);
  }

  private static Path copyOfDemo(Path root) throws IOException {
    Path demo = Files.exists(DEMO) ? DEMO : Path.of("..").resolve(DEMO);
    Files.createDirectories(root.getParent());
    try (Stream<Path> all = Files.walk(demo)) {
      for (Path from : all.toList()) {
        Files.copy(from, root.resolve(demo.relativize(from).toString()));
      }
    }
    return root;
  }

  /** One edit after the other, each waited for; the heap must not grow. */
  private static void edits(Path temp, int count, PrintStream out) throws Exception {
    Path root = copyOfDemo(temp.resolve("tree"));
    Path file = root.resolve("virt/gate/gate_device.c");
    String uri = Uris.of(file);
    String text = Files.readString(file);
    List<Long> heaps = new ArrayList<>();
    try (RawClient client = new RawClient(new EngineAnalyzer())) {
      client.request(
          "initialize",
          JsonParser.parseString(
              """
              {"initializationOptions": {"store": "none"}, "capabilities": {
                "textDocument": {"publishDiagnostics": {"versionSupport": true}}}}\
              """));
      client.awaitAnswers();
      JsonObject item = new JsonObject();
      item.addProperty("uri", uri);
      item.addProperty("version", 0);
      item.addProperty("languageId", "c");
      item.addProperty("text", text);
      JsonObject open = new JsonObject();
      open.add("textDocument", item);
      client.send(RawClient.message("textDocument/didOpen", open));
      for (int edit = 1; edit <= count; edit++) {
        client.send(change(uri, edit, edited(text, edit)));
        int version = edit;
        client.await(
            "diagnostics of edit " + edit,
            () -> client.shown(uri).version().filter(v -> v == version).isPresent());
        if (edit % Math.max(1, count / 10) == 0) {
          heaps.add(heap());
          out.printf(
              Locale.ROOT,
              "%6d edits: %.1f MB used after a collection%n",
              edit,
              heaps.get(heaps.size() - 1) / 1e6);
        }
      }
      if (!client.complaints().isEmpty()) {
        throw new AssertionError(client.complaints().toString());
      }
    }
    // What is loaded and compiled at first is not what an editor left open for days is about.
    long early = heaps.get(heaps.size() / 3);
    long late = heaps.get(heaps.size() - 1);
    if (late > early * 1.2 + 2e6) {
      out.printf("the heap grows: %d bytes after a third, %d at the end%n", early, late);
      System.exit(1);
    }
    out.println("the heap does not grow");
  }

  /** A line that moves all others, a function that comes, and the deletion with and without RCU. */
  private static String edited(String text, int edit) {
    String other = edit % 2 == 0 ? text : text.replace("list_del(&", "list_del_rcu(&");
    return "/* edit %d */\n".formatted(edit)
        + "\n".repeat(edit % 7)
        + other
        + "\nvoid edited_%d(struct gate_device *dev) { list_del(&dev->gate_node); }\n"
            .formatted(edit % 97);
  }

  private static JsonObject change(String uri, int version, String text) {
    JsonObject id = new JsonObject();
    id.addProperty("uri", uri);
    id.addProperty("version", version);
    JsonObject whole = new JsonObject();
    whole.addProperty("text", text);
    JsonArray changes = new JsonArray();
    changes.add(whole);
    JsonObject params = new JsonObject();
    params.add("textDocument", id);
    params.add("contentChanges", changes);
    return RawClient.message("textDocument/didChange", params);
  }

  private static long heap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
