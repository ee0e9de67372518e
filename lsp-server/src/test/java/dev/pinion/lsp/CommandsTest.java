// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.ShowDocumentCapabilities;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands, and how their pages are shown, through the protocol. */
class CommandsTest {
  @TempDir Path temp;
  private final FakeAnalyzer analyzer = new FakeAnalyzer();
  private Path root;
  private Path writer;
  private Peer peer;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectories(temp.toRealPath().resolve("tree"));
    Files.writeString(root.resolve("Kbuild"), "obj-m += a.o\n");
    writer = Files.writeString(root.resolve("writer.c"), "one\ntwo\ndel(node);\nfour\n");
    Files.writeString(root.resolve("reader.c"), "walk(node);\n");
    peer = new Peer(analyzer);
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
  }

  private CompletableFuture<Object> execute(String command, Object... arguments) {
    return peer.server
        .getWorkspaceService()
        .executeCommand(new ExecuteCommandParams(command, List.of(arguments)));
  }

  private JsonObject page(Command command) throws Exception {
    Object answer =
        execute(command.getCommand(), command.getArguments().toArray()).get(60, TimeUnit.SECONDS);
    return new Gson().toJsonTree(answer).getAsJsonObject();
  }

  private String refusal(String command, Object... arguments) {
    ExecutionException refused =
        assertThrows(
            ExecutionException.class, () -> execute(command, arguments).get(60, TimeUnit.SECONDS));
    return String.valueOf(refused.getMessage());
  }

  private Command command(String name) throws Exception {
    return peer
        .server
        .getTextDocumentService()
        .codeAction(Requests.codeAction(writer, 2, 1))
        .get(60, TimeUnit.SECONDS)
        .stream()
        .map(action -> action.getRight())
        .map(CodeAction::getCommand)
        .filter(c -> c != null && c.getCommand().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allCommandsAreAnnounced() throws Exception {
    assertEquals(
        Commands.ALL,
        peer.initialize(params -> {}).getCapabilities().getExecuteCommandProvider().getCommands());
  }

  @Test
  void aStoryIsTheAnswerForWhoShowsPages() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'");

    JsonObject page = page(command(Commands.EXPLAIN));
    assertEquals("rcu-plain-delete writer.c:2:0", page.get("title").getAsString());
    String text = page.get("markdown").getAsString();
    assertEquals(
        """
        # plain delete of 'node'

        warning of `rcu-plain-delete` in `f()`, finding `writer.c:2:0`

        **[writer.c:3](%1$s/writer.c#L3)**

        ```c
              1 | one
              2 | two
        >     3 | del(node);
              4 | four
              5 |
        ```

        **1. [reader.c:1](%1$s/reader.c#L1)** walked here

        ```c
        >     1 | walk(node);
              2 |
        ```

        **Fix proposed:** use del\\_rcu(). `del` → `del_rcu` at 3. The quick fix of the finding checks it.

        ---

        # plain delete
        """
            .formatted(Uris.of(root)),
        text.substring(0, text.indexOf("\n## What")));
    assertEquals(List.of(), peer.all(ShowDocumentParams.class));
  }

  @Test
  void whoCanOpenAFileIsGivenOneThatGoesWithTheServer() throws Exception {
    ClientCapabilities client = new ClientCapabilities();
    WindowClientCapabilities window = new WindowClientCapabilities();
    window.setShowDocument(new ShowDocumentCapabilities(true));
    client.setWindow(window);
    peer.initialize(params -> params.setCapabilities(client));
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'");

    String text = page(command(Commands.EXPLAIN)).get("markdown").getAsString();
    Path file = Uris.path(peer.await(ShowDocumentParams.class, p -> true).getUri()).orElseThrow();
    assertEquals(text, Files.readString(file));
    peer.server.shutdown().get();
    assertFalse(Files.exists(file.getParent()));
  }

  @Test
  void othersAreToldWhereItIs() throws Exception {
    peer.initialize(params -> params.setCapabilities(new ClientCapabilities()));
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'");
    page(command(Commands.EXPLAIN));
    MessageParams told =
        peer.await(MessageParams.class, m -> m.getMessage().startsWith("pinion: rcu-plain"));
    Path file = Path.of(told.getMessage().replaceFirst(".*: ", ""));
    assertTrue(Files.readString(file).startsWith("# plain delete of 'node'"));
  }

  @Test
  void acceptedFindingsAreWrittenOnceInTheCommandLinesForm() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'");
    Command accept = command(Commands.ACCEPT);
    for (int i = 0; i < 2; i++) {
      assertNull(
          execute(accept.getCommand(), accept.getArguments().toArray()).get(60, TimeUnit.SECONDS));
    }
    Path file = root.resolve(".pinion/baseline.json");
    assertEquals(
        """
        {
          "baseline": 1,
          "findings": [
            {
              "fingerprint": "writer.c:2:0",
              "rule": "rcu-plain-delete",
              "file": "writer.c",
              "function": "f",
              "message": "plain delete of 'node'"
            }
          ]
        }
        """,
        Files.readString(file));

    Files.writeString(file, "nonsense");
    assertTrue(
        refusal(accept.getCommand(), accept.getArguments().toArray())
            .contains("is not a baseline"));
    assertEquals("nonsense", Files.readString(file), "what somebody wrote by hand is theirs");
  }

  @Test
  void whatCannotBeDoneIsSaidInALine() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'");
    String uri = Uris.of(writer);
    assertTrue(refusal("pinion.no-such").contains("there is no command pinion.no-such"));
    assertTrue(refusal(Commands.EXPLAIN, uri, "0").contains("not shown any more"));
    assertTrue(refusal(Commands.EXPLAIN).contains("not shown any more"));
    assertTrue(refusal(Commands.ACCEPT, 7, List.of()).contains("not shown any more"));
    assertTrue(refusal(Commands.ATLAS, uri, "field", "a.b").contains("knows nothing of 'a.b'"));
    assertTrue(refusal(Commands.ATLAS, "file:///no/such.c").contains("open a C file"));
    assertTrue(refusal(Commands.CHECK, uri, "HEAD").contains("as A..B"));
    assertTrue(refusal(Commands.CHECK, uri, "a..b").contains("a..b: no such commits"));
  }

  @Test
  void aCheckOfCommitsGoesOnWhileSomebodyTypesAndCanBeCancelled() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);
    peer.await(Status.class, s -> s.health().equals("ok") && s.quiescent());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch typed = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    boolean[] cancelledByTyping = {true};
    analyzer.checking =
        cancelled -> {
          inside.countDown();
          await(typed);
          cancelledByTyping[0] = cancelled.getAsBoolean();
          looked.countDown();
          while (!cancelled.getAsBoolean()) {
            Thread.onSpinWait();
          }
        };
    CompletableFuture<Object> answer = execute(Commands.CHECK, Uris.of(writer), "a..b");
    inside.await();
    peer.replaceAll(writer, 2, "del(node); leak(x);\n");
    Thread.sleep(200);
    typed.countDown();
    await(looked); // Else it may see the cancellation that follows.
    peer.await(
        ProgressParams.class,
        p ->
            p.getValue().getLeft() instanceof WorkDoneProgressBegin begin
                && begin.getTitle().equals("Pinion: checking a..b"));
    var token =
        peer.await(
                WorkDoneProgressCreateParams.class,
                p -> p.getToken().getLeft().startsWith("pinion-task"))
            .getToken();
    peer.server.cancelProgress(new WorkDoneProgressCancelParams(token));
    assertThrows(ExecutionException.class, () -> answer.get(60, TimeUnit.SECONDS));
    assertFalse(cancelledByTyping[0], "typing does not end what the user has asked for");
    peer.await(
        ProgressParams.class,
        p -> p.getToken().equals(token) && p.getValue().getLeft() instanceof WorkDoneProgressEnd);
    assertEquals(2, peer.diagnostics(writer, 2).size());
  }

  @Test
  void aRebuiltIndexIsOpenedAnewAndClearsNothing() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'");
    int before = peer.published(writer).size();
    execute(Commands.REBUILD).get(60, TimeUnit.SECONDS);
    peer.replaceAll(writer, 2, "del(node);\n");
    assertEquals(1, peer.diagnostics(writer, 2).size());
    assertEquals(2, analyzer.stores.size());
    assertEquals(1, analyzer.closed.size());
    assertTrue(
        peer.published(writer).stream()
            .skip(before)
            .noneMatch(published -> published.getDiagnostics().isEmpty()));
  }

  @Test
  void whatIsInMemoryIsForgottenWhenLittleIsLeft() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);
    analyzer.memoryIsLow = true;
    for (int version = 2; version < 260; version++) {
      peer.replaceAll(writer, version, "del(node); // " + version + "\n");
      assertEquals(1, peer.diagnostics(writer, version).size());
    }
    assertEquals(2, analyzer.stores.size(), "once, and not after each edit");
    peer.await(MessageParams.class, m -> m.getMessage().contains("memory is nearly used up"));
    assertTrue(peer.published(writer).stream().noneMatch(p -> p.getDiagnostics().isEmpty()));
  }

  @Test
  void aRequestThatNobodyWantsAnyMoreIsNotWorkedAt() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    analyzer.checking =
        cancelled -> {
          busy.countDown();
          await(go);
        };
    CompletableFuture<Object> check = execute(Commands.CHECK, Uris.of(writer), "a..b");
    busy.await();
    CompletableFuture<Object> unwanted =
        execute(Commands.ATLAS, Uris.of(writer), "field", "unwanted.field");
    CompletableFuture<Object> wanted =
        execute(Commands.ATLAS, Uris.of(writer), "field", "wanted.field");
    unwanted.cancel(true);
    Thread.sleep(200);
    go.countDown();
    assertThrows(ExecutionException.class, () -> wanted.get(60, TimeUnit.SECONDS));
    assertThrows(ExecutionException.class, () -> check.get(60, TimeUnit.SECONDS));
    assertEquals(1, analyzer.asked.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
