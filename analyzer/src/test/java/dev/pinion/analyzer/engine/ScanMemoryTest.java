// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanMemoryTest {
  @TempDir Path folder;
  private Path tree;
  private FactStore store;
  private final AtomicInteger runs = new AtomicInteger();
  private Runnable whileChecking = () -> {};

  @BeforeEach
  void setUp() throws IOException {
    tree = Files.createDirectories(folder.resolve("tree"));
    store = FactStore.open(folder.resolve("store"), "test", w -> assertEquals("", w));
    write("a/a.c", "void f(void) { bad(); }\nint broken(void) { return ((; }\n");
    write("b/b.c", "void g(void) { bad(); }\nvoid h(void) { bad(); fine(); }\n");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Reports or excuses each caller of {@code bad()}, and counts in how many scans it is asked. */
  private final class Counting implements Rule {
    private final String id;
    private final AtomicReference<@Nullable Program> askedIn = new AtomicReference<>();

    Counting(String id) {
      this.id = id;
    }

    @Override
    public RuleInfo info() {
      return new RuleInfo(id, Tier.WARNING, "calls bad", List.of());
    }

    @Override
    public Collection<String> files(Program program) {
      return program.files(Term.CALL, "bad");
    }

    @Override
    public boolean isCandidate(FunctionRef function, Program program) {
      if (askedIn.getAndSet(program) != program) {
        runs.incrementAndGet();
      }
      return program.facts(function).callees().contains("bad");
    }

    @Override
    public void check(FunctionRef function, Program program, Report report) {
      whileChecking.run();
      Location at = Location.of(function.file(), program.facts(function).position());
      List<Related> story = List.of(new Related(at, "here"));
      if (program.facts(function).callees().contains("fine")) {
        report.excused(new Excused(id, at, function.name(), "is-fine", "it is fine", story));
      } else {
        report.finding(new Finding(id, Tier.WARNING, at, function.name(), "bad", story));
      }
    }
  }

  private ScanResult scan(SourceTree listed, ScanRequest request) throws Exception {
    List<Rule> rules = List.of(new Counting("test-one"), new Counting("test-two"));
    try (Engine engine = new Engine(rules, store, 1)) {
      return engine.scan(listed, request, Progress.NONE, Cancellation.NEVER);
    }
  }

  private ScanResult scan(ScanRequest request) throws Exception {
    return scan(WorkTree.open(tree), request);
  }

  private int runsOf(ScanRequest request) throws Exception {
    int before = runs.get();
    scan(request);
    return runs.get() - before;
  }

  @Test
  void anUnchangedTreeIsNotAnalysedAgainAndGivesTheSame() throws Exception {
    ScanResult first = scan(ScanRequest.EVERYTHING);
    assertEquals(4, first.findings().size());
    assertEquals(2, first.excused().size());
    assertFalse(first.coverage().problems().isEmpty());
    assertEquals(2, runs.get());
    assertEquals(first, scan(ScanRequest.EVERYTHING));
    assertEquals(2, runs.get());
  }

  @Test
  void whatIsKnownOfTheWholeAnswersForAPart() throws Exception {
    ScanRequest part = new ScanRequest(List.of("b"), List.of("test-two"));
    ScanResult alone = scan(part);
    assertEquals(1, runs.get());
    assertEquals(0, runsOf(part), "remembered for itself");
    scan(ScanRequest.EVERYTHING);
    ScanRequest other = new ScanRequest(List.of("b/b.c"), List.of("test-two"));
    assertEquals(0, runsOf(other));
    assertEquals(alone, scan(other));
  }

  @Test
  void aPartDoesNotAnswerForTheWhole() throws Exception {
    scan(new ScanRequest(List.of("b"), List.of()));
    assertEquals(2, runsOf(ScanRequest.EVERYTHING));
    assertEquals(4, scan(ScanRequest.EVERYTHING).findings().size());
  }

  @Test
  void anyChangeOfTheListingIsAnotherQuestion() throws Exception {
    scan(ScanRequest.EVERYTHING);
    write("b/b.c", "void g(void) { }\n");
    assertEquals(2, scan(ScanRequest.EVERYTHING).findings().size());
    Files.move(tree.resolve("a/a.c"), tree.resolve("a/c.c"));
    assertEquals(
        "a/c.c", scan(ScanRequest.EVERYTHING).findings().get(0).finding().location().file());
    write("Makefile", "obj-y += b/\n");
    assertEquals(0, runsOf(ScanRequest.EVERYTHING), "these rules do not ask what is built how");
    Files.createSymbolicLink(tree.resolve("x.c"), Path.of("nowhere"));
    int known = scan(ScanRequest.EVERYTHING).coverage().problems().size();
    Files.delete(tree.resolve("x.c"));
    assertEquals(known - 1, scan(ScanRequest.EVERYTHING).coverage().problems().size());
  }

  @Test
  void aFileThatChangesDuringTheScanSpoilsTheMemory() throws Exception {
    SourceTree listed = WorkTree.open(tree);
    write("b/b.c", "void other(void) { bad(); }\n");
    ScanResult mixed = scan(listed, ScanRequest.EVERYTHING);
    assertEquals("other", mixed.findings().get(2).finding().function());
    write("b/b.c", "void g(void) { bad(); }\nvoid h(void) { bad(); fine(); }\n");
    assertEquals("g", scan(ScanRequest.EVERYTHING).findings().get(2).finding().function());
  }

  @Test
  void aCrashIsNotRemembered() throws Exception {
    whileChecking =
        () -> {
          throw new IllegalStateException("boom");
        };
    assertFalse(scan(ScanRequest.EVERYTHING).failures().isEmpty());
    whileChecking = () -> {};
    ScanResult healthy = scan(ScanRequest.EVERYTHING);
    assertEquals(List.of(), healthy.failures());
    assertEquals(4, healthy.findings().size());
  }

  @Test
  void aDraftIsNotRememberedButMayBeKnown() throws Exception {
    SourceTree listed = WorkTree.open(tree);
    byte[] edited = "void k(void) { bad(); }\n".getBytes(StandardCharsets.UTF_8);
    SourceTree draft = Overlay.of(listed, Map.of("b/b.c", Optional.of(edited)));
    scan(draft, ScanRequest.EVERYTHING);
    scan(draft, ScanRequest.EVERYTHING);
    assertEquals(4, runs.get());
    scan(ScanRequest.EVERYTHING);
    byte[] saved = Files.readAllBytes(tree.resolve("b/b.c"));
    scan(Overlay.of(listed, Map.of("b/b.c", Optional.of(saved))), ScanRequest.EVERYTHING);
    assertEquals(6, runs.get());
  }
}
