// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fixes as code actions, through the protocol. */
class FixActionsTest {
  private static final String FIX_ALL = "source.fixAll.pinion";

  @TempDir Path temp;
  private final FakeAnalyzer analyzer = new FakeAnalyzer();
  private Path writer;
  private Peer peer;

  @BeforeEach
  void start() throws IOException {
    Path root = Files.createDirectories(temp.toRealPath().resolve("tree"));
    Files.writeString(root.resolve("Kbuild"), "obj-m += a.o\n");
    writer = Files.writeString(root.resolve("writer.c"), "\tdel(node); leak(m);\n\n\tdel(node);\n");
    Files.writeString(root.resolve("reader.c"), "walk(node);\n");
    peer = new Peer(analyzer);
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
  }

  private void open() throws Exception {
    peer.open(writer, 7);
    peer.awaitMessages(writer, "plain delete of 'node'", "leaked", "plain delete of 'node'");
  }

  private void initialize(boolean versioned) throws Exception {
    WorkspaceEditCapabilities edit = new WorkspaceEditCapabilities();
    edit.setDocumentChanges(versioned);
    WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
    workspace.setWorkspaceEdit(edit);
    peer.initialize(
        params -> params.setCapabilities(new ClientCapabilities(workspace, null, null, null)));
  }

  private CompletableFuture<List<CodeAction>> ask(CodeActionParams params) {
    return peer.server
        .getTextDocumentService()
        .codeAction(params)
        .thenApply(
            all -> all.stream().map(a -> a.getRight()).filter(a -> a.getEdit() != null).toList());
  }

  private List<CodeAction> actions(CodeActionParams params) throws Exception {
    return ask(params).get(30, TimeUnit.SECONDS);
  }

  @Test
  void theKindsAreAnnounced() throws Exception {
    InitializeResult result = peer.initialize(params -> {});
    assertEquals(
        List.of("quickfix", FIX_ALL),
        result.getCapabilities().getCodeActionProvider().getRight().getCodeActionKinds());
  }

  @Test
  void aFixIsPreferredAndSaysWhichVersionItEdits() throws Exception {
    initialize(true);
    open();
    List<CodeAction> actions = actions(Requests.codeAction(writer, 0, 2));
    assertEquals(1, actions.size());
    CodeAction action = actions.get(0);
    assertEquals("Use del_rcu()", action.getTitle());
    assertEquals("quickfix", action.getKind());
    assertTrue(action.getIsPreferred());
    assertEquals(1, action.getDiagnostics().size());
    assertEquals(0, action.getDiagnostics().get(0).getRange().getStart().getLine());
    TextDocumentEdit edit = action.getEdit().getDocumentChanges().get(0).getLeft();
    assertEquals(7, edit.getTextDocument().getVersion());
    assertEquals(Uris.of(writer), edit.getTextDocument().getUri());
    TextEdit one = edit.getEdits().get(0).getLeft();
    assertEquals("del_rcu", one.getNewText());
    assertEquals(1, one.getRange().getStart().getCharacter());
    assertEquals(4, one.getRange().getEnd().getCharacter());
  }

  @Test
  void aClientWithoutVersionsGetsPlainEdits() throws Exception {
    initialize(false);
    open();
    CodeAction action = actions(Requests.codeAction(writer, 0, 2)).get(0);
    assertNull(action.getEdit().getDocumentChanges());
    List<TextEdit> edits = action.getEdit().getChanges().getOrDefault(Uris.of(writer), List.of());
    assertEquals(List.of("del_rcu"), edits.stream().map(TextEdit::getNewText).toList());
  }

  @Test
  void whatNeedsMoreThanAnEditHasNoAction() throws Exception {
    initialize(true);
    open();
    assertEquals(List.of(), actions(Requests.codeAction(writer, 0, 13)));
    assertEquals(List.of(), analyzer.fixings, "there is nothing to check");
  }

  @Test
  void allAreFixedAtOnceWhenThatIsAskedFor() throws Exception {
    initialize(true);
    open();
    for (String kind : List.of("source", "source.fixAll", FIX_ALL)) {
      List<CodeAction> actions = actions(Requests.codeAction(writer, 0, 0, kind));
      assertEquals(1, actions.size(), kind);
      assertEquals("Fix 2 Pinion findings", actions.get(0).getTitle());
      assertEquals(FIX_ALL, actions.get(0).getKind());
      assertEquals(2, actions.get(0).getDiagnostics().size());
      assertEquals(
          2, actions.get(0).getEdit().getDocumentChanges().get(0).getLeft().getEdits().size());
    }
    assertEquals(List.of(Analysis.Fixing.TOGETHER), analyzer.fixings.stream().distinct().toList());
    assertEquals(List.of(), actions(Requests.codeAction(writer, 0, 2, "refactor")));
    assertEquals(List.of(), actions(Requests.codeAction(writer, 0, 2, "source.fixAll.other")));
  }

  @Test
  void aFixThatIsWithdrawnIsNotOffered() throws Exception {
    initialize(true);
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'", "leaked", "plain delete of 'node'");
    peer.replaceAll(writer, 2, "del(node); // WITHDRAW\n");
    peer.awaitMessages(writer, "plain delete of 'node'");
    assertEquals(List.of(), actions(Requests.codeAction(writer, 0, 1)));
    assertEquals(List.of(), actions(Requests.codeAction(writer, 0, 1, FIX_ALL)));
    assertEquals(2, analyzer.fixings.size());
  }

  @Test
  void anOlderStateOfTheDocumentIsNeverEdited() throws Exception {
    initialize(true);
    open();
    CountDownLatch checking = new CountDownLatch(1);
    CountDownLatch typed = new CountDownLatch(1);
    analyzer.during =
        job -> {
          checking.countDown();
          try {
            typed.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    analyzer.heedsCancel = false;
    CompletableFuture<List<CodeAction>> asked = ask(Requests.codeAction(writer, 0, 2));
    assertTrue(checking.await(30, TimeUnit.SECONDS));
    peer.replaceAll(writer, 8, "\n\n\n\tdel(node);\n");
    // The server takes what it is sent in order: it knows of version 8 when it has answered this.
    peer.server.getTextDocumentService().hover(Requests.hover(writer, 0, 0)).get();
    typed.countDown();
    assertEquals(List.of(), asked.get(30, TimeUnit.SECONDS));
  }

  @Test
  void findingsOfAnOlderStateAreNotEvenChecked() throws Exception {
    initialize(true);
    open();
    CountDownLatch scanned = new CountDownLatch(1);
    analyzer.during =
        job -> {
          try {
            scanned.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    peer.replaceAll(writer, 8, "\n\n\n\tdel(node);\n");
    assertEquals(List.of(), actions(Requests.codeAction(writer, 0, 2)));
    scanned.countDown();
    assertEquals(List.of(), analyzer.fixings);
  }

  @Test
  void aCheckThatCrashesIsToldInTheLogAndOffersNothing() throws Exception {
    initialize(true);
    open();
    analyzer.during =
        job -> {
          throw new IllegalStateException("in the middle");
        };
    assertEquals(List.of(), actions(Requests.codeAction(writer, 0, 2)));
    peer.await(
        MessageParams.class,
        m -> m.getMessage().contains("a question about") && m.getMessage().contains("middle"));
  }

  @Test
  void aServerThatIsShutDownStillAnswers() throws Exception {
    initialize(true);
    open();
    CountDownLatch checking = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    analyzer.during =
        job -> {
          checking.countDown();
          try {
            closed.await(1, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    CompletableFuture<List<CodeAction>> first = ask(Requests.codeAction(writer, 0, 2));
    assertTrue(checking.await(30, TimeUnit.SECONDS));
    CompletableFuture<List<CodeAction>> second = ask(Requests.codeAction(writer, 2, 2));
    peer.server.shutdown().get(30, TimeUnit.SECONDS);
    closed.countDown();
    assertEquals(List.of(), first.get(30, TimeUnit.SECONDS));
    assertEquals(List.of(), second.get(30, TimeUnit.SECONDS));
  }
}
