// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.RulePage;
import dev.pinion.analyzer.rule.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Diagnostic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with the engine and the rules, over a copy of the demonstration tree. */
class RealEngineTest {
  private static final Path DEMO = Path.of("..", "corpus", "demo");

  @TempDir Path temp;
  private final EngineAnalyzer analyzer = new EngineAnalyzer();
  private Path root;
  private Peer peer;

  @BeforeEach
  void start() throws IOException {
    root = temp.toRealPath().resolve("demo");
    try (Stream<Path> all = Files.walk(DEMO)) {
      for (Path from : all.toList()) {
        Files.copy(from, root.resolve(DEMO.relativize(from).toString()));
      }
    }
    peer = new Peer(analyzer);
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
  }

  @Test
  void findsTheTreeAroundAFile() throws IOException {
    Path file = root.resolve("virt/gate/gate_device.c");
    assertEquals(Optional.of(root), analyzer.treeAround(file));
    assertEquals(Optional.of(root), analyzer.treeAround(file.resolveSibling("not_yet.c")));
    Path loose = Files.writeString(temp.resolve("loose.c"), "int a;");
    assertEquals(Optional.empty(), analyzer.treeAround(loose));
  }

  @Test
  void everyRuleHasAPageWithASummary() {
    assertFalse(analyzer.rules().isEmpty());
    for (var rule : analyzer.rules()) {
      RulePage page = analyzer.page(rule.id()).orElseThrow();
      assertFalse(PageExcerpt.of(page).isEmpty(), rule.id());
    }
    assertEquals(Optional.empty(), analyzer.page("no-such-rule"));
  }

  /** The command line and the server share the engine; this holds them to it. */
  @Test
  void showsWhatAScanReports() throws Exception {
    List<String> reported = new ArrayList<>();
    try (Analysis analysis = analyzer.open("none", warning -> {})) {
      var job = new Analysis.Job(root, Map.of(), List.of(), List.of(), Analysis.Disk.CHANGED);
      for (Reported one : analysis.scan(job, Progress.NONE, () -> false).findings()) {
        Finding finding = one.finding();
        if (finding.tier().atLeast(Tier.WARNING)) {
          reported.add(
              "%s:%d:%d %s [%s] %d"
                  .formatted(
                      finding.location().file(),
                      finding.location().line(),
                      finding.location().column(),
                      finding.message(),
                      finding.rule(),
                      finding.related().size()));
        }
      }
    }
    assertFalse(reported.isEmpty());

    peer.initialize(params -> params.setInitializationOptions(Peer.json("{'store': 'none'}")));
    List<Path> files = sources();
    for (Path file : files) {
      peer.open(file, 1);
    }
    List<String> shown = new ArrayList<>();
    for (Path file : files) {
      for (Diagnostic d : peer.diagnostics(file, 1)) {
        shown.add(
            "%s:%d:%d %s [%s] %d"
                .formatted(
                    root.relativize(file),
                    d.getRange().getStart().getLine() + 1,
                    d.getRange().getStart().getCharacter() + 1,
                    d.getMessage().getLeft(),
                    d.getCode().getLeft(),
                    d.getRelatedInformation() == null ? 0 : d.getRelatedInformation().size()));
      }
    }
    assertEquals(reported.stream().sorted().toList(), shown.stream().sorted().toList());
  }

  @Test
  void readerInOneBufferChangesTheWarningInAnother() throws Exception {
    peer.initialize(params -> params.setInitializationOptions(Peer.json("{'store': 'none'}")));
    Path writer = root.resolve("virt/gate/gate_device.c");
    Path reader = root.resolve("virt/gate/gate_irq.c");
    String walking = Files.readString(reader);
    String quiet = walking.replace("list_for_each_entry_rcu(dev,", "no_walk(dev,");
    assertFalse(quiet.equals(walking), "the reader is where this test thinks it is");
    peer.open(writer, 1);
    peer.open(reader, 1);
    assertTrue(rules(peer.diagnostics(writer, 1)).contains("rcu-list-plain-delete"));

    peer.replaceAll(reader, 2, quiet);
    peer.await(
        org.eclipse.lsp4j.PublishDiagnosticsParams.class,
        p ->
            p.getUri().equals(Uris.of(writer))
                && !rules(p.getDiagnostics()).contains("rcu-list-plain-delete"));
    peer.replaceAll(reader, 3, walking);
    peer.diagnostics(reader, 3);
    peer.replaceAll(writer, 2, Files.readString(writer));
    assertTrue(rules(peer.diagnostics(writer, 2)).contains("rcu-list-plain-delete"));
  }

  @Test
  void warmStoreChangesNothing() throws Exception {
    Path store = temp.resolve("store");
    var job = new Analysis.Job(root, Map.of(), List.of(), List.of(), Analysis.Disk.CHANGED);
    List<Reported> cold;
    try (Analysis analysis = analyzer.open(store.toString(), warning -> {})) {
      cold = analysis.scan(job, Progress.NONE, () -> false).findings();
    }
    try (Stream<Path> files = Files.walk(store)) {
      assertTrue(files.anyMatch(Files::isRegularFile), "something was kept");
    }
    try (Analysis analysis = analyzer.open(store.toString(), warning -> {})) {
      assertEquals(cold, analysis.scan(job, Progress.NONE, () -> false).findings());
    }
  }

  @Test
  void folderWithoutCIsNoMistakeInAnEditor() throws Exception {
    Files.createDirectories(root.resolve("Documentation"));
    try (Analysis analysis = analyzer.open("none", warning -> {})) {
      var job =
          new Analysis.Job(
              root, Map.of(), List.of("Documentation"), List.of(), Analysis.Disk.CHANGED);
      assertEquals(List.of(), analysis.scan(job, Progress.NONE, () -> false).findings());
    }
  }

  private static List<String> rules(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(d -> d.getCode().getLeft()).toList();
  }

  private List<Path> sources() {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(p -> p.toString().endsWith(".c") || p.toString().endsWith(".h"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void fixesAreCheckedAndCure() throws Exception {
    Path file = root.resolve("virt/gate/gate_device.c");
    peer.initialize(params -> {});
    peer.open(file, 1);
    Diagnostic shown = peer.diagnostics(file, 1).get(0);
    int line = shown.getRange().getStart().getLine();
    int character = shown.getRange().getStart().getCharacter();
    var action =
        peer.server
            .getTextDocumentService()
            .codeAction(Requests.codeAction(file, line, character))
            .get(60, TimeUnit.SECONDS)
            .get(0)
            .getRight();
    assertEquals("Use list_del_rcu()", action.getTitle());
    var edit = action.getEdit().getChanges().getOrDefault(Uris.of(file), List.of()).get(0);
    String text = Lines.of(Files.readString(file)).replace(edit.getRange(), edit.getNewText());
    peer.replaceAll(file, 2, text);
    assertEquals(List.of(), peer.diagnostics(file, 2));
  }
}
