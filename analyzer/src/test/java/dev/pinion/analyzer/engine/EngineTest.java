// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  @TempDir Path folder;

  /**
   * Reports every function that calls {@code bad()}, and crashes on those that call {@code
   * crash()}.
   */
  private static final class CallsBad implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo("test-calls-bad", Tier.WARNING, "calls bad", List.of());
    }

    @Override
    public Collection<String> files(Program program) {
      return program.files(Term.CALL, "bad");
    }

    @Override
    public boolean isCandidate(FunctionRef function, Program program) {
      return program.facts(function).callees().contains("bad");
    }

    @Override
    public void check(FunctionRef function, Program program, Report report) {
      if (program.facts(function).callees().contains("crash")) {
        throw new IllegalStateException("boom");
      }
      if (program.facts(function).callees().contains("puzzle")) {
        report.unjudged(
            Location.of(function.file(), program.facts(function).position()),
            function.name(),
            "test-calls-bad: too hard");
        return;
      }
      report.finding(
          new Finding(
              info().id(),
              Tier.WARNING,
              Location.of(function.file(), program.facts(function).position()),
              function.name(),
              "bad",
              List.of()));
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ScanResult scan(int jobs, FactStore store, ScanRequest request) throws Exception {
    try (Engine engine = new Engine(List.of(new CallsBad()), store, jobs)) {
      return engine.scan(WorkTree.open(folder), request, Progress.NONE, Cancellation.NEVER);
    }
  }

  @Test
  void resultsDoNotDependOnThreadsOrStore() throws Exception {
    for (int i = 0; i < 30; i++) {
      write(
          "d" + i % 3 + "/f" + i + ".c", "void f" + i + "(void) { bad(); }\nint g(int (*x)[3]) {");
    }
    ScanResult one = scan(1, FactStore.none(), ScanRequest.EVERYTHING);
    assertEquals(30, one.findings().size());
    assertEquals(one, scan(4, FactStore.none(), ScanRequest.EVERYTHING));
    try (FactStore store =
        FactStore.open(folder.resolve("store"), "test", w -> assertEquals("", w))) {
      assertEquals(one, scan(2, store, ScanRequest.EVERYTHING));
      assertEquals(one, scan(2, store, ScanRequest.EVERYTHING));
    }
  }

  @Test
  void aRulesCrashIsOneLineAndTheRestGoesOn() throws Exception {
    write("a.c", "void f(void) { bad(); crash(); }\nvoid g(void) { bad(); }");
    ScanResult result = scan(2, FactStore.none(), ScanRequest.EVERYTHING);
    assertEquals(
        List.of("g"), result.findings().stream().map(r -> r.finding().function()).toList());
    assertEquals(1, result.failures().size());
    assertTrue(
        result
            .failures()
            .get(0)
            .startsWith("test-calls-bad on a.c:1 f(): java.lang.IllegalStateException: boom at "),
        result.failures().get(0));
  }

  @Test
  void fingerprintsSurviveShiftsAndTellEqualsApart() throws Exception {
    write("a.c", "void f(void) { bad(); }\nvoid g(void) { bad(); }\n");
    List<Reported> before = scan(1, FactStore.none(), ScanRequest.EVERYTHING).findings();
    write("a.c", "/* new */\n\n\tvoid  f(void) { bad(); }\nvoid g(void) { bad(); }\n");
    List<Reported> after = scan(1, FactStore.none(), ScanRequest.EVERYTHING).findings();
    assertEquals(
        before.stream().map(Reported::fingerprint).toList(),
        after.stream().map(Reported::fingerprint).toList());
    assertNotEquals(before.get(0).fingerprint(), before.get(1).fingerprint());
    assertTrue(before.get(0).fingerprint().startsWith(before.get(0).id()));
  }

  @Test
  void aRequestNarrowsWhatIsReported() throws Exception {
    write("a/a.c", "void f(void) { bad(); }");
    write("b/b.c", "void g(void) { bad(); }");
    ScanResult result = scan(1, FactStore.none(), new ScanRequest(List.of("b"), List.of()));
    assertEquals(1, result.findings().size());
    assertEquals("b/b.c", result.findings().get(0).finding().location().file());
    assertEquals(1, result.coverage().files());
    assertEquals(
        0,
        scan(1, FactStore.none(), new ScanRequest(List.of(), List.of("other"))).findings().size());
    assertThrows(
        SourceException.class,
        () -> scan(1, FactStore.none(), new ScanRequest(List.of("c"), List.of())));
  }

  @Test
  void aCancelledScanEnds() throws Exception {
    write("a.c", "void f(void) { bad(); }");
    try (Engine engine = new Engine(List.of(new CallsBad()), FactStore.none(), 1)) {
      assertThrows(
          CancelledException.class,
          () ->
              engine.scan(
                  WorkTree.open(folder), ScanRequest.EVERYTHING, Progress.NONE, () -> true));
    }
  }

  @Test
  void whatARuleCouldNotJudgeIsInTheLedger() throws Exception {
    write("a.c", "void f(void) { bad(); puzzle(); }\n");
    write("b/b.c", "void g(void) { bad(); puzzle(); }\n");
    ScanResult result = scan(2, FactStore.none(), ScanRequest.EVERYTHING);
    assertEquals(List.of(), result.findings());
    assertEquals(List.of(), result.excused());
    assertEquals(
        List.of(
            new Coverage.Entry(
                "a.c", new Problem(Problem.Kind.LIMIT, 1, "f", "test-calls-bad: too hard")),
            new Coverage.Entry(
                "b/b.c", new Problem(Problem.Kind.LIMIT, 1, "g", "test-calls-bad: too hard"))),
        result.coverage().problems());
    assertEquals(2, result.coverage().functionsAnalysed());
    assertEquals(
        1,
        scan(1, FactStore.none(), new ScanRequest(List.of("b"), List.of()))
            .coverage()
            .problems()
            .size());
  }

  @Test
  void whatIsNotAnalysedIsInTheLedger() throws Exception {
    write("a.c", "int f(void) { return ((; }\nint g(void) { return 0; }\n");
    Coverage coverage = scan(1, FactStore.none(), ScanRequest.EVERYTHING).coverage();
    assertEquals(2, coverage.functions());
    assertEquals(1, coverage.functionsAnalysed());
    assertEquals(0.5, coverage.share());
    assertTrue(
        coverage.problems().stream().anyMatch(p -> p.problem().function().equals("f")),
        coverage.problems().toString());
  }

  @Test
  void whatWasReadInPlaceOfWhatWasListedIsForgotten() throws Exception {
    String good = "void f(void) { good(); }\n";
    String bad = "void f(void) { bad(); }\n";
    write("tree/a.c", good);
    write("tree/b.c", "void g(void) { good(); }\n");
    Path tree = folder.resolve("tree");
    try (FactStore store = FactStore.open(folder.resolve("store"), "test", line -> {});
        Engine engine = new Engine(List.of(new CallsBad()), store, 1, Engine.Trees.MANY)) {
      WorkTree listed = WorkTree.open(tree);
      write("tree/a.c", bad);
      assertEquals(1, found(engine, listed), "what is there now");
      write("tree/a.c", good);
      assertEquals(0, found(engine, WorkTree.open(tree)), "as it was listed at first");
      assertEquals(0, found(engine, listed), "remembered");
      write("tree/a.c", bad);
      assertEquals(1, found(engine, WorkTree.open(tree)), "and as it was read at first");
    }
  }

  private static int found(Engine engine, WorkTree tree) throws Exception {
    return engine
        .scan(tree, ScanRequest.EVERYTHING, Progress.NONE, Cancellation.NEVER)
        .findings()
        .size();
  }
}
