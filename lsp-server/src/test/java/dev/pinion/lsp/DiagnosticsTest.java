// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buffers in, diagnostics out, through the protocol. */
class DiagnosticsTest {
  @TempDir Path temp;
  private final FakeAnalyzer analyzer = new FakeAnalyzer();
  private Path root;
  private Path writer;
  private Path reader;
  private Peer peer;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectories(temp.toRealPath().resolve("tree"));
    Files.writeString(root.resolve("Kbuild"), "obj-m += a.o\n");
    writer = Files.writeString(root.resolve("writer.c"), "int a;\n\tdel(node);\n");
    reader = Files.writeString(root.resolve("reader.c"), "int b;\nwalk(node);\n");
    peer = new Peer(analyzer);
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
  }

  @Test
  void openedFileShowsFindingWithItsStory() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);

    Diagnostic shown = peer.diagnostics(writer, 1).get(0);
    assertEquals("plain delete of 'node'", shown.getMessage().getLeft());
    assertEquals("rcu-plain-delete", shown.getCode().getLeft());
    assertEquals("pinion", shown.getSource());
    assertEquals(DiagnosticSeverity.Warning, shown.getSeverity());
    assertEquals(range(1, 1, 4), shown.getRange());
    assertNull(shown.getCodeDescription());
    var story = shown.getRelatedInformation().get(0);
    assertEquals(Uris.of(reader), story.getLocation().getUri());
    assertEquals(range(1, 0, 4), story.getLocation().getRange());
    assertEquals("walked here", story.getMessage());
  }

  @Test
  void clientThatShowsNoStoryGetsNone() throws Exception {
    peer.initialize(params -> params.setCapabilities(new ClientCapabilities()));
    peer.open(writer, 1);

    peer.awaitMessages(writer, "plain delete of 'node'");
    PublishDiagnosticsParams published = peer.published(writer).get(0);
    assertNull(published.getVersion());
    assertNull(published.getDiagnostics().get(0).getRelatedInformation());
    assertTrue(peer.all(Status.class).isEmpty(), "status goes only to clients that ask for it");
  }

  @Test
  void editsAreAppliedInUtf16Units() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1, "/* \uD83D\uDC27 */ del(node);\n");
    assertEquals(range(0, 9, 12), peer.diagnostics(writer, 1).get(0).getRange());

    peer.edit(writer, 2, 0, 9, 12, "keep");
    assertEquals(List.of(), peer.diagnostics(writer, 2));
  }

  @Test
  void readerInOneBufferChangesTheWarningInAnother() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.open(reader, 1);
    peer.awaitMessages(writer, "plain delete of 'node'");

    peer.edit(reader, 2, 1, 0, 4, "skip");
    peer.awaitMessages(writer);
    peer.edit(reader, 3, 1, 0, 4, "walk");
    peer.awaitMessages(writer, "plain delete of 'node'");

    assertEquals("int b;\nwalk(node);\n", Files.readString(reader), "nothing was saved");
  }

  @Test
  void resultsForAnOlderVersionAreDropped() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);

    analyzer.heedsCancel = false;
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    analyzer.during =
        job -> {
          if (job.buffers().containsValue("second del(node)")) {
            inside.countDown();
            await(goOn);
          }
        };
    peer.replaceAll(writer, 2, "second del(node)");
    inside.await();
    peer.replaceAll(writer, 3, "third del(node)");
    // The change is in before the scan of version 2 is done: requests are answered in order.
    peer.server.getTextDocumentService().hover(Requests.hover(writer, 0, 0)).get();
    goOn.countDown();

    assertEquals(range(0, 6, 9), peer.diagnostics(writer, 3).get(0).getRange());
    assertEquals(List.of(1, 3), peer.published(writer).stream().map(p -> p.getVersion()).toList());
  }

  @Test
  void newerChangeCancelsTheScanUnderWay() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);
    peer.await(Status.class, s -> s.health().equals("ok") && s.quiescent());

    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    analyzer.during =
        job -> {
          inside.countDown();
          await(goOn);
        };
    peer.replaceAll(writer, 2, "second del(node)");
    inside.await();
    peer.replaceAll(writer, 3, "third");
    peer.server.getTextDocumentService().hover(Requests.hover(writer, 0, 0)).get();
    goOn.countDown();

    assertEquals(List.of(), peer.diagnostics(writer, 3));
    assertEquals(List.of(1, 3), peer.published(writer).stream().map(p -> p.getVersion()).toList());
  }

  @Test
  void crashKeepsWhatIsShownAndTheServerGoesOn() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);

    peer.replaceAll(writer, 2, "CRASH del(node)");
    Status status = peer.await(Status.class, s -> s.health().equals("degraded"));
    assertTrue(status.message().contains("crashed"), status.message());
    MessageParams log =
        peer.await(MessageParams.class, m -> m.getMessage().contains("the tree says CRASH"));
    assertTrue(log.getMessage().contains("FakeAnalyzer"), "says where: " + log.getMessage());
    assertEquals(List.of("plain delete of 'node'"), peer.shown(writer));

    peer.replaceAll(writer, 3, "fine");
    assertEquals(List.of(), peer.diagnostics(writer, 3));
    List<Status> all = peer.all(Status.class);
    int degraded = all.indexOf(status);
    peer.await(
        Status.class,
        s -> s.health().equals("ok") && peer.all(Status.class).lastIndexOf(s) > degraded);
  }

  @Test
  void failureOfARuleDegradesButShowsTheRest() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1, "FAIL del(node)");

    peer.awaitMessages(writer, "plain delete of 'node'");
    Status status = peer.await(Status.class, s -> s.health().equals("degraded"));
    assertEquals("rule smell-any crashed on f()", status.message());
  }

  @Test
  void treeThatCannotBeReadIsSaid() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1, "REFUSE");

    Status status = peer.await(Status.class, s -> s.health().equals("degraded"));
    assertEquals(root + ": cannot be read; check its permissions", status.message());
  }

  @Test
  void closingClearsTheFileAndUncoversTheDisk() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.open(reader, 1, "walk(other)\n");
    peer.awaitMessages(writer);

    peer.close(reader);
    peer.awaitMessages(writer, "plain delete of 'node'");
    peer.close(writer);
    peer.awaitMessages(writer);
  }

  @Test
  void changeOfAFileThatIsNotOpenIsIgnored() throws Exception {
    peer.initialize(params -> {});
    peer.replaceAll(writer, 2, "del(node)");

    peer.await(MessageParams.class, m -> m.getMessage().contains("which is not open"));
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);
  }

  @Test
  void fileOutsideOfAnyTreeIsSaidNotToBeAnalysed() throws Exception {
    peer.initialize(params -> {});
    Path loose = Files.writeString(temp.toRealPath().resolve("loose.c"), "leak(x)");
    peer.open(loose, 1);

    MessageParams log = peer.await(MessageParams.class, m -> m.getMessage().contains("loose.c"));
    assertTrue(log.getMessage().contains("open its folder"), log.getMessage());
    assertTrue(analyzer.jobs.isEmpty());
  }

  @Test
  void buffersThatAreNoFilesDoNoHarm() throws Exception {
    peer.initialize(params -> {});
    for (String uri : List.of("untitled:Untitled-1", "git:/a/b.c?x", "file://host/a b.c", "")) {
      peer.server
          .getTextDocumentService()
          .didOpen(
              new org.eclipse.lsp4j.DidOpenTextDocumentParams(
                  new org.eclipse.lsp4j.TextDocumentItem(uri, "c", 1, "leak(x)")));
    }
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);
  }

  @Test
  void saveLooksAtTheDiskAgain() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);
    peer.edit(writer, 2, 0, 0, 0, "x");
    peer.diagnostics(writer, 2);
    peer.edit(writer, 3, 0, 0, 1, "");
    peer.diagnostics(writer, 3);
    int before = analyzer.jobs.size();
    assertEquals(Analysis.Disk.UNCHANGED, analyzer.jobs.get(before - 1).disk());

    Files.writeString(reader, "nobody walks\n");
    peer.save(writer);
    peer.awaitMessages(writer);
    assertEquals(Analysis.Disk.CHANGED, analyzer.jobs.get(before).disk());
  }

  @Test
  void fileChangedByAnotherProgramIsNoticed() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);

    // The first look only remembers; a file of another size is another state whatever its time.
    for (int i = 0; peer.shown(writer).size() == 1; i++) {
      Files.writeString(reader, "nobody walks" + " ".repeat(i) + "\n");
      Thread.sleep(20);
    }
    assertEquals(List.of(), peer.shown(writer));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Range range(int line, int from, int to) {
    return new Range(new Position(line, from), new Position(line, to));
  }
}
