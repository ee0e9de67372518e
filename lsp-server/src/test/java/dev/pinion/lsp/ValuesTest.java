// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.engine.Progress.Phase;
import dev.pinion.analyzer.rule.RuleGlobs;
import dev.pinion.analyzer.rule.RulePage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small values everything else is made of. */
class ValuesTest {

  @Test
  void linesEndAsTheProtocolSays() {
    Lines lines = Lines.of("a\r\nbc\rd\n");
    assertEquals(4, lines.count());
    assertEquals("a", lines.line(0));
    assertEquals("bc", lines.line(1));
    assertEquals("d", lines.line(2));
    assertEquals("", lines.line(3));
    assertEquals("", lines.line(99));
    assertEquals(4, lines.offset(new Position(1, 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 1, Xb|cd",
    "0, 2, 1, 0, abXcd",
    "1, 2, 9, 9, ab|cdX",
    "0, 99, 1, 0, abXcd",
    "0, 1, 0, 0, aXb|cd",
    "9, 0, 9, 0, ab|cdX",
    "0, 0, 9, 0, X"
  })
  void replacesRangesEvenImpossibleOnes(
      int line, int character, int endLine, int endCharacter, String expected) {
    Range range = new Range(new Position(line, character), new Position(endLine, endCharacter));
    assertEquals(expected.replace('|', '\n'), Lines.of("ab\ncd").replace(range, "X"));
  }

  @Test
  void settingsKeepWhatIsAbsentAndSayWhatIsWrong() {
    Settings.Read read =
        Settings.DEFAULT.with(
            Peer.json(
                "{'run': 'onSave', 'rules': ['a', 1], 'scope': 7, 'store': null, 'docs': 'x'}"));
    assertEquals(Settings.Run.ON_SAVE, read.settings().run());
    assertEquals(RuleGlobs.ALL, read.settings().rules());
    assertEquals("x/", read.settings().docs());
    assertEquals(
        List.of(
            "pinion: setting pinion.rules is [\"a\",1], should be a list of strings",
            "pinion: setting pinion.scope is 7, should be a string"),
        read.problems());
    assertEquals(Settings.DEFAULT, Settings.DEFAULT.with(null).settings());
  }

  @Test
  void urisBecomePathsAndBack() {
    assertEquals(Optional.of(Path.of("/a b/c.c")), Uris.path("file:///a%20b/x/../c.c"));
    assertEquals("file:///a%20b/c.c", Uris.of(Path.of("/a b/c.c")));
    assertEquals("file:///", Uris.of(Path.of("/")));
    assertEquals("file://" + Path.of("").toAbsolutePath(), Uris.of(Path.of("").toAbsolutePath()));
    for (String other : List.of("untitled:x", "http://a/b", "file:", "::", "", "file:x")) {
      assertEquals(Optional.empty(), Uris.path(other), other);
    }
  }

  @Test
  void excerptEndsBeforeCodeAndWithoutABareHeading() {
    assertEquals(
        "**What**\n\nA node.\nTwo lines.",
        excerpt("# title\n\n## What\n\nA node.\nTwo lines.\n\n## Bad\n\n```c\nx\n```\n"));
    assertEquals("", excerpt(""));
  }

  private static String excerpt(String markdown) {
    return PageExcerpt.of(new RulePage("x-y", markdown));
  }

  @Test
  void quickScansShowNoProgress() {
    Recorder display = new Recorder();
    try (ScanProgress progress = new ScanProgress(display, ScanProgress.Show.WHEN_SLOW, () -> 0)) {
      progress.at(Phase.FILES, 1, 2);
      progress.at(Phase.RULES, 2, 2);
    }
    assertEquals(List.of(), display.calls);
  }

  @Test
  void slowScansShowProgressThatOnlyGrows() {
    Recorder display = new Recorder();
    AtomicLong clock = new AtomicLong();
    try (ScanProgress progress =
        new ScanProgress(display, ScanProgress.Show.WHEN_SLOW, clock::get)) {
      progress.at(Phase.LISTING, 0, 0);
      clock.set(1_500_000_000L);
      progress.at(Phase.FILES, 500, 1000);
      progress.at(Phase.FILES, 501, 1000);
      progress.at(Phase.FILES, 499, 1000);
      progress.at(Phase.LINKING, 0, 0);
      progress.at(Phase.RULES, 5, 5);
    }
    assertEquals(
        List.of("begin", "40 reading files 500/1000", "81 linking", "100 running rules 5/5", "end"),
        display.calls);
  }

  @Test
  void slowStepIsShownWhileItLasts() {
    Recorder display = new Recorder();
    AtomicLong clock = new AtomicLong();
    try (ScanProgress progress =
        new ScanProgress(display, ScanProgress.Show.WHEN_SLOW, clock::get)) {
      progress.tick();
      progress.at(Phase.FILES, 9, 9);
      progress.at(Phase.LINKING, 0, 0);
      progress.tick();
      clock.set(1_500_000_000L);
      progress.tick();
    }
    assertEquals(List.of("begin", "81 linking", "end"), display.calls);
  }

  @Test
  void parentWatchSeesTheLiving() {
    assertFalse(ParentWatch.of(ProcessHandle.current().pid()).isDead());
    assertFalse(ParentWatch.none().isDead());
  }

  @Test
  void placeKnowsC() {
    assertTrue(new OpenDocument.Place(Path.of("/"), "a/b.h").isC());
    assertFalse(new OpenDocument.Place(Path.of("/"), "a/b.S").isC());
  }

  private static final class Recorder implements ScanProgress.Display {
    final List<String> calls = new ArrayList<>();

    @Override
    public void begin() {
      calls.add("begin");
    }

    @Override
    public void step(int percent, String message) {
      calls.add(percent + " " + message);
    }

    @Override
    public void end() {
      calls.add("end");
    }
  }

  private static String pointed(String line) {
    int at = line.indexOf('|');
    Lines lines = Lines.of(line.replace("|", ""));
    return PointedWord.at(lines, new Position(0, at))
        .map(w -> w.kind() + " " + w.word() + (w.callee().isEmpty() ? "" : " of " + w.callee()))
        .orElse("");
  }

  @Test
  void onlyWordsThatMayBeKnownAreAskedAbout() {
    assertEquals("TAG guest", pointed("struct gu|est {"));
    assertEquals("NAME lock", pointed("\tmutex_lock(&guest->lo|ck);"));
    assertEquals("NAME node", pointed("\tstruct list_head no|de;"));
    assertEquals("NAME hooks", pointed("\tu32 hooks|[4];"));
    assertEquals(
        "NAME node of list_for_each_entry", pointed("list_for_each_entry(d, &(g)->l, |node)"));
    assertEquals("NAME kvm_put of symbol_get", pointed("fn = symbol_get(kvm_put|);"));
    assertEquals("", pointed("\tret|urn x"));
    assertEquals("", pointed(" * the lock| of guest->lock;"));
    assertEquals("", pointed("x = 1; // the lo|ck;"));
    assertEquals("", pointed("x = 12|;"));
    assertEquals("", pointed("x = |  ;"));
    assertEquals("NAME x", pointed("/* y */ x| = 3"));
  }

  @Test
  void treesThatAreDueAtOnceAllHaveTheirTurn() throws Exception {
    CountDownLatch idle = new CountDownLatch(1);
    List<Path> run = Collections.synchronizedList(new ArrayList<>());
    AnalysisLoop.Work work =
        new AnalysisLoop.Work() {
          @Override
          public void run(Path root, BooleanSupplier cancelled) {
            run.add(root);
          }

          @Override
          public void idle() {
            idle.countDown();
          }
        };
    List<Path> roots = new ArrayList<>();
    try (AnalysisLoop loop = new AnalysisLoop(work)) {
      synchronized (loop) { // So that none of them begins before all are there.
        for (String name : List.of("d", "b", "f", "a", "c", "e", "g")) {
          roots.add(Path.of("/" + name));
          loop.request(Path.of("/" + name), Duration.ZERO, AnalysisLoop.UnderWay.FINISHED);
        }
      }
      assertTrue(idle.await(60, TimeUnit.SECONDS));
    }
    assertEquals(roots.stream().sorted().toList(), run.stream().sorted().toList());
  }
}
