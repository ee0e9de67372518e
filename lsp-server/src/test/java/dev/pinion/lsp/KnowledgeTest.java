// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server knows beside findings, with the real engine over the demonstration tree. */
class KnowledgeTest {
  private static final Path DEMO = Path.of("..", "corpus", "demo");

  @TempDir Path temp;
  private Path root;
  private Path header;
  private Path device;
  private Peer peer;

  @BeforeEach
  void start() throws Exception {
    root = temp.toRealPath().resolve("demo");
    try (Stream<Path> all = Files.walk(DEMO)) {
      for (Path from : all.toList()) {
        Files.copy(from, root.resolve(DEMO.relativize(from).toString()));
      }
    }
    header = root.resolve("virt/gate/gate_internal.h");
    device = root.resolve("virt/gate/gate_device.c");
    peer = new Peer(new EngineAnalyzer());
    peer.initialize(params -> params.setInitializationOptions(Peer.json("{'store': 'none'}")));
    peer.open(header, 1);
    peer.open(device, 1);
    peer.diagnostics(header, 1);
    peer.diagnostics(device, 1);
    peer.await(Status.class, s -> s.quiescent() && s.health().equals("ok"));
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
  }

  /** The hover over the nth place of a text in a file; empty for none. */
  private String hover(Path file, String text) throws Exception {
    List<String> lines = Files.readAllLines(file);
    for (int line = 0; line < lines.size(); line++) {
      int at = lines.get(line).indexOf(text);
      if (at >= 0) {
        int end = at + text.length();
        Hover hover =
            peer.server
                .getTextDocumentService()
                .hover(Requests.hover(file, line, end))
                .get(60, TimeUnit.SECONDS);
        return hover == null ? "" : hover.getContents().getRight().getValue();
      }
    }
    throw new AssertionError(text + " is not in " + file);
  }

  private int line(Path file, String text) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int line = 0; line < lines.size(); line++) {
      if (lines.get(line).contains(text)) {
        return line;
      }
    }
    throw new AssertionError(text + " is not in " + file);
  }

  @Test
  void aListIsKnownWhereItIsDeclaredAndWhereItIsUsed() throws Exception {
    String declared = hover(header, "struct list_head gate_node");
    assertTrue(declared.startsWith("**RCU list: 1 insert, 2 deletes, 1 reader**"), declared);
    int insert = line(device, "list_add_rcu") + 1;
    String link =
        "- insert: [virt/gate/gate_device.c:%d](%s#L%d) `gate_device_create()` `list_add_rcu()`, holds `struct gate.lock`"
            .formatted(insert, Uris.of(device), insert);
    assertTrue(declared.contains(link), declared);
    assertEquals(declared, hover(device, "list_add_rcu(&dev->gate_node"));
  }

  @Test
  void aFindingOnAListHasBothItsPageAndTheList() throws Exception {
    String hover = hover(device, "list_del");
    assertTrue(hover.startsWith("`rcu-list-plain-delete`"), hover);
    assertTrue(!hover.contains("1 insert"), "the cursor is not on the list");
  }

  @Test
  void locksCountersAndSymbolsAreKnown() throws Exception {
    String lock = hover(device, "mutex_lock(&gate->lock");
    assertTrue(lock.startsWith("**Lock: taken by "), lock);
    assertTrue(lock.contains("`gate_device_create()`"), lock);
    Path gate = root.resolve("include/linux/gate.h");
    peer.open(gate, 1);
    peer.diagnostics(gate, 1);
    String counted = hover(gate, "void gate_get(struct gate");
    assertTrue(counted.startsWith("**Reference counted**"), counted);
    assertTrue(counted.contains("- put: ") && counted.contains("`gate_put()`"), counted);
    Path relay = root.resolve("virt/gate/gate_relay.c");
    peer.open(relay, 1);
    peer.diagnostics(relay, 1);
    String symbol = hover(relay, "symbol_get(relay_file_set_gate");
    assertTrue(symbol.startsWith("**Symbol of `relay`"), symbol);
    assertTrue(symbol.contains("looks it up"), symbol);
  }

  @Test
  void otherWordsAreLeftAlone() throws Exception {
    assertEquals("", hover(device, "struct inode *inode"));
    assertEquals("", hover(device, "Thread"));
    assertEquals("", hover(device, "return -ENOMEM"));
  }

  @Test
  void unsavedBuffersCountInWhatIsKnownAsWell() throws Exception {
    String text = Files.readString(device);
    peer.replaceAll(device, 2, text.replace("list_add_rcu(&dev->gate_node", "nothing("));
    peer.diagnostics(device, 2);
    String declared = hover(header, "struct list_head gate_node");
    assertTrue(declared.startsWith("**RCU list: 2 deletes, 1 reader**"), declared);
  }

  @Test
  void listsOfAHeaderHaveALensThatOpensThePage() throws Exception {
    List<? extends CodeLens> lenses =
        peer.server
            .getTextDocumentService()
            .codeLens(new CodeLensParams(new TextDocumentIdentifier(Uris.of(header))))
            .get(60, TimeUnit.SECONDS);
    CodeLens lens = lenses.get(0);
    assertEquals(line(header, "gate_node;"), lens.getRange().getStart().getLine());
    Command command = lens.getCommand();
    assertEquals("RCU list: 1 insert, 2 deletes, 1 reader", command.getTitle());
    Object answer =
        peer.server
            .getWorkspaceService()
            .executeCommand(new ExecuteCommandParams(command.getCommand(), command.getArguments()))
            .get(60, TimeUnit.SECONDS);
    String page = new Gson().toJsonTree(answer).getAsJsonObject().get("markdown").getAsString();
    assertTrue(page.startsWith("# gate\\_device.gate\\_node\n\n**RCU list"), page);
    assertTrue(page.contains("after a delete: "), page);
    assertEquals(List.of("lenses"), peer.all(String.class), "they are asked for again, once");
  }

  @Test
  void anAcceptedFindingGoesAndComesBackWithTheFile() throws Exception {
    var params =
        Requests.codeAction(device, line(device, "list_del(&dev"), 2, CodeActionKind.QuickFix);
    Command accept =
        peer.server.getTextDocumentService().codeAction(params).get(60, TimeUnit.SECONDS).stream()
            .map(action -> action.getRight().getCommand())
            .filter(c -> c != null && c.getCommand().equals(Commands.ACCEPT))
            .findFirst()
            .orElseThrow();
    Object nothing =
        peer.server
            .getWorkspaceService()
            .executeCommand(new ExecuteCommandParams(accept.getCommand(), accept.getArguments()))
            .get(60, TimeUnit.SECONDS);
    assertNull(nothing);
    peer.await(
        PublishDiagnosticsParams.class,
        p -> p.getUri().equals(Uris.of(device)) && p.getDiagnostics().isEmpty());

    // Lines above it do not matter, another finding like it does.
    String text = Files.readString(device);
    peer.replaceAll(device, 2, "\n\n" + text);
    assertEquals(List.of(), peer.diagnostics(device, 2));
    String twice =
        text.replace(
            "list_del(&dev->gate_node);", "list_del(&dev->gate_node); list_del(&dev->gate_node);");
    peer.replaceAll(device, 3, twice);
    assertEquals(1, peer.diagnostics(device, 3).size());

    Path file = root.resolve(".pinion/baseline.json");
    JsonArray entries =
        new Gson()
            .fromJson(Files.readString(file), com.google.gson.JsonObject.class)
            .getAsJsonArray("findings");
    assertEquals(1, entries.size());
    Files.delete(file);
    peer.replaceAll(device, 4, text);
    assertEquals(1, peer.diagnostics(device, 4).size());
  }
}
