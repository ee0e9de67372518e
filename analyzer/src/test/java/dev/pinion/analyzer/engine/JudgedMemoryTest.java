// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockWrappers;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each scan is by an engine of its own, as by another process; they share the store. */
class JudgedMemoryTest {
  @TempDir Path folder;

  private final SortedSet<String> asked = new ConcurrentSkipListSet<>();
  private Path tree = Path.of("");

  /** Reports callers of {@code bad()}, and says which locks {@code take()} leaves held there. */
  private final class Bad implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo("test-bad", Tier.WARNING, "calls bad", List.of());
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
      asked.add(function.name());
      if (program.facts(function).callees().contains("crash")) {
        throw new IllegalStateException("boom");
      }
      String more =
          program.facts(function).callees().contains("take")
              ? " " + LockWrappers.of(program).effects("take", function.file())
              : program.facts(function).callees().contains("built")
                  ? " " + ModuleMap.of(program).kindOf(function.file())
                  : program.facts(function).callees().contains("joined")
                      ? " after " + firstOf(program)
                      : program.has("gone.c") ? " while gone.c is there" : "";
      report.finding(
          new Finding(
              info().id(),
              Tier.WARNING,
              Location.of(function.file(), program.facts(function).position()),
              function.name(),
              "calls bad" + more,
              List.of()));
    }
  }

  /** Who comes first of those who call one or the other. */
  private static String firstOf(Program program) {
    return Stream.of("one", "other")
        .flatMap(name -> program.functionsCalling(name).stream())
        .sorted()
        .findFirst()
        .map(FunctionRef::name)
        .orElse("nobody");
  }

  /** Knows no facts of files any more. */
  private record Forgetful(FactStore store, AtomicBoolean forgets) implements FactStore {
    @Override
    public Optional<byte[]> get(BlobId id, FactKind kind) {
      boolean gone = forgets.get() && StoredKinds.name(kind.tag()).equals("facts");
      return gone ? Optional.empty() : store.get(id, kind);
    }

    @Override
    public void put(BlobId id, FactKind kind, byte[] fact) {
      store.put(id, kind, fact);
    }

    @Override
    public Optional<byte[]> note(String name) {
      return store.note(name);
    }

    @Override
    public void note(String name, byte[] value) {
      store.note(name, value);
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void setUp() throws IOException {
    tree = Files.createDirectories(folder.resolve("tree"));
    setUpFiles();
  }

  private void setUpFiles() throws IOException {
    write("a.c", "void a(void) { bad(); }\n");
    write("b.c", "void b(void) { take(); bad(); }\n");
    write("lock.c", "void take(void) { lock_it(); }\n");
    write("inner.c", "void lock_it(void) { spin_lock(&big); }\n");
    write("quiet.c", "void quiet(void) { }\n");
    for (int i = 0; i < 150; i++) {
      write("more/" + i + ".c", "void more" + i + "(void) { }\n");
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Who is asked by a new process; what it says is what one says that knows nothing. */
  private String askedBy(ScanRequest request) throws Exception {
    ScanResult known;
    asked.clear();
    try (FactStore store = FactStore.open(folder.resolve("store"), "test", w -> {});
        Engine engine = new Engine(List.of(new Bad()), store, 2)) {
      known = engine.scan(WorkTree.open(tree), request, Progress.NONE, () -> false);
    }
    String who = String.join(" ", asked);
    try (Engine engine = new Engine(List.of(new Bad()), FactStore.none(), 2)) {
      assertEquals(
          engine.scan(WorkTree.open(tree), request, Progress.NONE, () -> false).toString(),
          known.toString());
    }
    return who;
  }

  private String asked() throws Exception {
    return askedBy(ScanRequest.EVERYTHING);
  }

  @Test
  void onlyTheFileThatHasChangedIsAskedAbout() throws Exception {
    assertEquals("a b", asked());
    assertEquals("", asked());
    write("a.c", "void a(void) { worse(); bad(); }\n");
    assertEquals("a", asked());
    assertEquals("", asked());
    write("quiet.c", "void quiet(void) { fine(); }\n");
    assertEquals("a", asked(), "a.c is not what it was when all was asked");
  }

  @Test
  void whatHasOnlyMovedIsNotAskedAgainAndToldWhereItIs() throws Exception {
    write("a.c", "struct s { int x; };\nvoid a(void) { bad(); }\nvoid last(void) { bad(); }\n");
    assertEquals("a b last", asked());
    write(
        "a.c",
        "// new\nstruct s { int x; };\n\nvoid a(void) { bad(); }\nvoid last(void) { bad(); }\n");
    assertEquals("", asked());
    write("a.c", "void last(void) { bad(); }\nvoid a(void) { bad(); }\n");
    assertEquals("a last", asked(), "they have changed places");
    write(
        "a.c",
        "struct s { int x; };\nvoid a(void) { bad(); worse(); }\nvoid last(void) { bad(); }\n");
    assertEquals("a", asked(), "nothing that the other hangs on is another");
  }

  @Test
  void ofAFileOnlyTheFunctionsAreAskedAboutOfWhichSomethingIsAnother() throws Exception {
    write("a.c", "void a(void) { bad(); }\nvoid b(void) { take(); bad(); }\nvoid c(void) { }\n");
    assertEquals("a b", asked(), "one b() here and one in b.c");
    write(
        "a.c",
        "void new(void) { bad(); }\nvoid a(void) { bad(); }\n"
            + "void b(void) { take(); bad(); }\nvoid c(void) { }\n");
    assertEquals("new", asked(), "the others stand elsewhere, in the same order");
    write(
        "a.c",
        "void a(void) { bad(); }\nvoid b(void) { take(); bad(); }\nvoid c(void) { bad(); }\n");
    assertEquals("c", asked(), "a candidate now");
    write("a.c", "void a(void) { }\nvoid b(void) { take(); bad(); }\n");
    assertEquals("", asked(), "a candidate no more, and one that is gone");
    write("inner.c", "void lock_it(void) { spin_lock(&huge); }\n");
    assertEquals("b", asked());
  }

  @Test
  void whoHasANewNamesakeBeforeHimIsAskedAbout() throws Exception {
    write("a.c", "void a(void) { bad(); }\nvoid last(void) { bad(); }\n");
    assertEquals("a b last", asked());
    write(
        "a.c",
        "#ifdef X\nvoid a(void) { worse(); bad(); }\n#else\nvoid a(void) { bad(); }\n#endif\n"
            + "void last(void) { bad(); }\n");
    assertEquals("a", asked());
  }

  @Test
  void aCopyElsewhereIsNotAskedAgain() throws Exception {
    asked();
    tree = Files.createDirectories(folder.resolve("clone"));
    setUpFiles();
    assertEquals("", asked());
    write("quiet.c", "void quiet(void) { fine(); }\n");
    assertEquals("", asked());
    write("a.c", "void a(void) { worse(); bad(); }\n");
    assertEquals("a", asked());
  }

  @Test
  void aNewCandidateIsFoundAndOneThatIsGoneIsNot() throws Exception {
    asked();
    write("quiet.c", "void quiet(void) { bad(); }\n");
    assertEquals("quiet", asked());
    Files.delete(tree.resolve("a.c"));
    assertEquals("quiet", asked());
    write("new/one.c", "void one(void) { bad(); }\n");
    assertEquals("one quiet", asked());
  }

  @Test
  void whatAFunctionHangsOnElsewhereCounts() throws Exception {
    asked();
    write("inner.c", "void lock_it(void) { spin_lock(&huge); }\n");
    assertEquals("b", asked());
    write("lock.c", "void take(void) { }\n");
    assertEquals("b", asked());
    write("gone.c", "int x;\n");
    assertEquals("a b", asked());
  }

  @Test
  void whoAsksWhatIsBuiltHowIsAskedAgainWhenThatChanges() throws Exception {
    write("b.c", "void b(void) { built(); bad(); }\n");
    write("Makefile", "obj-m += b.o\n");
    assertEquals("a b", asked());
    write("Makefile", "obj-y += b.o\n");
    assertEquals("b", asked());
  }

  @Test
  void aPartIsAnsweredAsWell() throws Exception {
    asked();
    write("a.c", "void a(void) { worse(); bad(); }\n");
    assertEquals("", askedBy(new ScanRequest(List.of("b.c"), List.of())));
    assertEquals("a", askedBy(new ScanRequest(List.of("a.c"), List.of())));
    write("quiet.c", "void quiet(void) { bad(); }\n");
    assertEquals("quiet", askedBy(new ScanRequest(List.of("quiet.c"), List.of())));
  }

  @Test
  void aTreesOwnRowsBearOnEverything() throws Exception {
    asked();
    write(".pinion/counted.rows", "");
    assertEquals("a b", asked());
  }

  @Test
  void whatCouldNotBeJudgedIsNotKept() throws Exception {
    write("b.c", "void b(void) { crash(); bad(); }\n");
    assertEquals("a b", asked());
    write("quiet.c", "void quiet(void) { fine(); }\n");
    assertEquals("a b", asked());
    write("b.c", "void b(void) { bad(); }\n");
    assertEquals("a b", asked());
    write("quiet.c", "void quiet(void) { }\n");
    assertEquals("", asked());
  }

  @Test
  void aTreeThatHasChangedMuchIsAskedAllAgain() throws Exception {
    asked();
    for (int i = 0; i < 50; i++) {
      write("more/" + i + ".c", "void other" + i + "(void) { }\n");
    }
    assertEquals("a b", asked());
    write("a.c", "void a(void) { worse(); bad(); }\n");
    assertEquals("a", asked());
  }

  @Test
  void whoOnlyAskedForAnIndexIsNoObstacle() throws Exception {
    try (FactStore store = FactStore.open(folder.resolve("store"), "test", w -> {});
        Engine engine = new Engine(List.of(new Bad()), store, 2)) {
      engine.ask(WorkTree.open(tree), p -> p.paths().size(), Progress.NONE, () -> false);
    }
    write("quiet.c", "void quiet(void) { fine(); }\n");
    assertEquals("a b", asked());
    write("a.c", "void a(void) { worse(); bad(); }\n");
    assertEquals("a", asked());
  }

  @Test
  void whoComesFirstCountsBeThereOthersLinesOrNot() throws Exception {
    write("a.c", "void a(void) { joined(); bad(); }\n");
    write("f.c", "void x(void) { one(); }\nvoid y(void) { other(); }\n");
    asked();
    write("f.c", "void y(void) {\n\n other(); }\nvoid x(void) { one(); }\n");
    assertEquals("a", asked());
  }

  @Test
  void aFileThatSaysNothingIsThereAllTheSame() throws Exception {
    asked();
    write("gone.c", "/* nothing */\n");
    assertEquals("a", asked());
  }

  @Test
  void whatAFileWasThatNobodyKnowsAnyMoreIsNotGuessed() throws Exception {
    asked();
    AtomicBoolean forgets = new AtomicBoolean();
    write("b.c", "void b(void) { take(); worse(); bad(); }\n");
    try (FactStore store = FactStore.open(folder.resolve("store"), "test", w -> {});
        Engine engine =
            new Engine(List.of(new Bad()), new Forgetful(store, forgets), 2, Engine.Trees.MANY)) {
      engine.scan(WorkTree.open(tree), ScanRequest.EVERYTHING, Progress.NONE, () -> false);
      forgets.set(true);
      write("quiet.c", "void quiet(void) { bad(); }\n");
      ScanResult found =
          engine.scan(WorkTree.open(tree), ScanRequest.EVERYTHING, Progress.NONE, () -> false);
      assertEquals(3, found.findings().size());
    }
  }

  @Test
  void aProcessThatSeesManyStatesAsksOnlyAboutWhatIsNew() throws Exception {
    asked();
    write("a.c", "void a(void) { worse(); bad(); }\n");
    asked.clear();
    try (FactStore store = FactStore.open(folder.resolve("store"), "test", w -> {});
        Engine engine = new Engine(List.of(new Bad()), store, 2, Engine.Trees.MANY)) {
      engine.scan(WorkTree.open(tree), ScanRequest.EVERYTHING, Progress.NONE, () -> false);
      assertEquals("[a]", asked.toString());
      asked.clear();
      write("inner.c", "void lock_it(void) { spin_lock(&huge); }\n");
      engine.scan(WorkTree.open(tree), ScanRequest.EVERYTHING, Progress.NONE, () -> false);
      assertEquals("[b]", asked.toString());
    }
  }
}
