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
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkDoneProgressReport;
import org.eclipse.lsp4j.WorkspaceFoldersChangeEvent;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings, hovers, actions, progress and folders, through the protocol. */
class FeaturesTest {
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
    Files.createDirectories(root.resolve("sub"));
    writer = Files.writeString(root.resolve("writer.c"), "del(node); leak(m); smell(s);\n");
    reader = Files.writeString(root.resolve("sub/reader.c"), "walk(node); leak(r);\n");
    peer = new Peer(analyzer);
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
  }

  @Test
  void saysWhatItCanDo() throws Exception {
    InitializeResult result = peer.initialize(params -> {});
    assertEquals("pinion", result.getServerInfo().getName());
    assertTrue(result.getCapabilities().getHoverProvider().getLeft());
    assertNull(result.getCapabilities().getDiagnosticProvider(), "it pushes, so it is not pulled");
  }

  @Test
  void tiersBecomeSeveritiesAndLatentOnesAreShownOnDemand() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'", "leaked");

    peer.configure("{'pinion': {'tier': 'latent', 'docs': 'https://example.org/rules'}}");
    peer.awaitMessages(writer, "plain delete of 'node'", "leaked", "smells");
    List<Diagnostic> shown = peer.published(writer).get(1).getDiagnostics();
    assertEquals(
        List.of(DiagnosticSeverity.Warning, DiagnosticSeverity.Error, DiagnosticSeverity.Hint),
        shown.stream().map(Diagnostic::getSeverity).toList());
    assertEquals(
        "https://example.org/rules/smell-any.md", shown.get(2).getCodeDescription().getHref());

    peer.configure("{'pinion': {'tier': 'error'}}");
    peer.awaitMessages(writer, "leaked");
  }

  @Test
  void rulesAreChosenByPattern() throws Exception {
    peer.initialize(
        params -> params.setInitializationOptions(Peer.json("{'rules': ['symbol-*']}")));
    peer.open(writer, 1);
    peer.awaitMessages(writer, "leaked");
    assertEquals(List.of("symbol-get-leak"), analyzer.jobs.get(0).rules());

    peer.configure("{'pinion': {'rules': ['!symbol-*']}}");
    peer.awaitMessages(writer, "plain delete of 'node'");
    peer.configure("{'pinion': {'rules': ['none-of-them']}}");
    peer.awaitMessages(writer);
  }

  @Test
  void badSettingIsSaidAndLeavesTheDefault() throws Exception {
    peer.initialize(params -> params.setInitializationOptions(Peer.json("{'tier': 'loud'}")));
    peer.await(
        MessageParams.class,
        m ->
            m.getMessage()
                .equals(
                    "pinion: setting pinion.tier is \"loud\", should be error, warning or latent"));
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'", "leaked");
  }

  @Test
  void clientIsAskedForSettingsItOnlySaysHaveChanged() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'", "leaked");

    peer.answerConfiguration("{'tier': 'error'}");
    peer.server
        .getWorkspaceService()
        .didChangeConfiguration(
            new DidChangeConfigurationParams(com.google.gson.JsonNull.INSTANCE));
    peer.awaitMessages(writer, "leaked");
  }

  @Test
  void onSaveWaitsForTheSave() throws Exception {
    peer.initialize(params -> params.setInitializationOptions(Peer.json("{'run': 'onSave'}")));
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);

    peer.replaceAll(writer, 2, "leak(a)");
    peer.replaceAll(writer, 3, "nothing");
    peer.save(writer);
    peer.diagnostics(writer, 3);
    assertEquals(List.of(1, 3), peer.published(writer).stream().map(p -> p.getVersion()).toList());
  }

  @Test
  void anotherStoreIsOpenedAndABadOneSaid() throws Exception {
    peer.initialize(params -> params.setInitializationOptions(Peer.json("{'store': '/one'}")));
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);
    peer.configure("{'pinion': {'store': '/bad'}}");
    Status status = peer.await(Status.class, s -> s.health().equals("degraded"));
    assertEquals("/bad: cannot be written; choose another pinion.store", status.message());

    peer.configure("{'pinion': {'store': 'none'}}");
    peer.replaceAll(writer, 2, "leak(b)");
    peer.diagnostics(writer, 2);
    assertEquals(List.of("/one", "none"), analyzer.stores);
    assertEquals(List.of("/one"), analyzer.closed);
  }

  @Test
  void troubleWithTheStoreIsLogged() throws Exception {
    peer.initialize(params -> params.setInitializationOptions(Peer.json("{'store': '/odd'}")));
    peer.open(writer, 1);
    peer.await(
        MessageParams.class, m -> m.getMessage().equals("pinion: /odd: half of it is damaged"));
    peer.diagnostics(writer, 1);
  }

  @Test
  void hoverExplainsTheRule() throws Exception {
    peer.initialize(params -> {});
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);

    Hover hover = peer.server.getTextDocumentService().hover(Requests.hover(writer, 0, 1)).get();
    assertEquals(
        """
        `rcu-plain-delete`

        **What**

        A node is deleted under its readers.\
        """,
        hover.getContents().getRight().getValue());
    assertNull(
        peer.server.getTextDocumentService().hover(Requests.hover(writer, 0, 25)).get(),
        "nothing is shown there");
  }

  @Test
  void hoverTellsTheStoryWhereNothingElseDoes() throws Exception {
    peer.initialize(
        params ->
            params
                .getCapabilities()
                .getTextDocument()
                .getPublishDiagnostics()
                .setRelatedInformation(false));
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);

    Hover hover = peer.server.getTextDocumentService().hover(Requests.hover(writer, 0, 1)).get();
    String text = hover.getContents().getRight().getValue();
    String story = "\n\n1. [sub/reader.c:1](%s#L1) walked here".formatted(Uris.of(reader));
    assertTrue(text.endsWith(story), text);
  }

  @Test
  void hoverIsPlainTextForWhoCannotShowMore() throws Exception {
    peer.initialize(params -> params.setCapabilities(new ClientCapabilities()));
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'", "leaked");

    Hover hover = peer.server.getTextDocumentService().hover(Requests.hover(writer, 0, 1)).get();
    assertEquals(
        "rcu-plain-delete: plain delete of 'node'\nsub/reader.c:1: walked here",
        hover.getContents().getRight().getValue());
  }

  @Test
  void codeActionOffersToExplainAndNeverFails() throws Exception {
    peer.initialize(params -> {});
    var early = peer.server.getTextDocumentService().codeAction(Requests.codeAction(writer, 0, 1));
    assertEquals(List.of(), early.get());
    peer.open(writer, 1);
    peer.diagnostics(writer, 1);

    var actions =
        peer.server.getTextDocumentService().codeAction(Requests.codeAction(writer, 0, 1)).get();
    assertEquals(
        List.of(
            "Use del_rcu()",
            "Explain rcu-plain-delete",
            "Add rcu-plain-delete here to the baseline"),
        actions.stream().map(a -> a.getRight().getTitle()).toList());
    var action = actions.get(1).getRight();
    assertEquals("Explain rcu-plain-delete", action.getTitle());
    assertEquals("pinion.explain", action.getCommand().getCommand());
    assertEquals(1, action.getDiagnostics().size());
  }

  @Test
  void nothingIsAcceptedWhereThereIsNoBaseline() throws Exception {
    peer.initialize(params -> params.setInitializationOptions(Peer.json("{'baseline': 'none'}")));
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'", "leaked");
    var actions =
        peer.server.getTextDocumentService().codeAction(Requests.codeAction(writer, 0, 1)).get();
    assertEquals(
        List.of("Use del_rcu()", "Explain rcu-plain-delete"),
        actions.stream().map(a -> a.getRight().getTitle()).toList());
  }

  @Test
  void firstScanShowsProgressWithCounts() throws Exception {
    peer.initialize(params -> {});
    CountDownLatch begun = new CountDownLatch(1);
    analyzer.during = job -> awaitQuietly(begun);
    peer.open(writer, 1);
    peer.await(ProgressParams.class, p -> notification(p) instanceof WorkDoneProgressBegin);
    begun.countDown();
    peer.await(ProgressParams.class, p -> notification(p) instanceof WorkDoneProgressEnd);

    List<Object> kinds = peer.all(ProgressParams.class).stream().map(this::notification).toList();
    WorkDoneProgressBegin begin = (WorkDoneProgressBegin) kinds.get(0);
    assertEquals("Pinion: indexing tree", begin.getTitle());
    assertTrue(begin.getCancellable());
    String counts =
        kinds.stream()
            .filter(WorkDoneProgressReport.class::isInstance)
            .map(k -> ((WorkDoneProgressReport) k).getMessage())
            .reduce(begin.getMessage(), (a, b) -> b);
    assertEquals("reading files 2/2", counts);
    assertTrue(kinds.get(kinds.size() - 1) instanceof WorkDoneProgressEnd);
    peer.await(Status.class, s -> s.equals(new Status("indexing", false, "reading files 2/2")));
    peer.await(Status.class, s -> s.equals(new Status("ok", true, "")));

    peer.replaceAll(writer, 2, "leak(a)");
    peer.diagnostics(writer, 2);
    assertEquals(1, peer.all(WorkDoneProgressCreateParams.class).size(), "typing does not flicker");
  }

  @Test
  void indexingCanBeCancelled() throws Exception {
    peer.initialize(params -> {});
    CountDownLatch cancelled = new CountDownLatch(1);
    analyzer.during = job -> awaitQuietly(cancelled);
    peer.open(writer, 1);
    Either<String, Integer> token =
        peer.await(WorkDoneProgressCreateParams.class, p -> true).getToken();
    // Nobody can cancel what is not shown yet; what never begins does not end either.
    peer.await(ProgressParams.class, p -> notification(p) instanceof WorkDoneProgressBegin);
    peer.server.cancelProgress(new WorkDoneProgressCancelParams(token));
    peer.await(Status.class, s -> s.message().contains("was cancelled; save a file"));
    cancelled.countDown();
    analyzer.during = job -> {};
    peer.await(ProgressParams.class, p -> notification(p) instanceof WorkDoneProgressEnd);
    assertEquals(List.of(), peer.published(writer));

    peer.save(writer);
    peer.diagnostics(writer, 1);
  }

  @Test
  void findingsInClosedFilesAreShownForOpenFoldersOnDemand() throws Exception {
    peer.initialize(
        params -> {
          params.setWorkspaceFolders(List.of(Peer.folder(root.resolve("sub"))));
          params.setInitializationOptions(Peer.json("{'scope': 'folders'}"));
        });
    peer.open(writer, 1);
    peer.awaitMessages(writer, "plain delete of 'node'", "leaked");
    peer.awaitMessages(reader, "leaked");

    peer.open(reader, 1, "quiet now");
    peer.awaitMessages(reader);
    peer.close(reader);
    peer.awaitMessages(reader, "leaked");
    peer.configure("{'pinion': {'scope': 'openFiles'}}");
    peer.awaitMessages(reader);
  }

  @Test
  void folderThatIsNoKernelIsATreeWhileItIsOpen() throws Exception {
    Path loose = Files.createDirectories(temp.toRealPath().resolve("loose"));
    Path file = Files.writeString(loose.resolve("a.c"), "leak(x)");
    peer.initialize(params -> {});
    peer.open(file, 1);

    peer.server
        .getWorkspaceService()
        .didChangeWorkspaceFolders(
            new DidChangeWorkspaceFoldersParams(
                new WorkspaceFoldersChangeEvent(List.of(Peer.folder(loose)), List.of())));
    peer.awaitMessages(file, "leaked");
    peer.server
        .getWorkspaceService()
        .didChangeWorkspaceFolders(
            new DidChangeWorkspaceFoldersParams(
                new WorkspaceFoldersChangeEvent(List.of(), List.of(Peer.folder(loose)))));
    peer.awaitMessages(file);
  }

  private Object notification(ProgressParams params) {
    return params.getValue().getLeft();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
