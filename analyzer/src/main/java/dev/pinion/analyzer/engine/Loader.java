// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.link.IrSource;
import dev.pinion.analyzer.link.LockKnowledge;
import dev.pinion.analyzer.link.TreeFacts;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Gets a tree ready to be linked, on all threads. Where the store knows the index of the tree, or
 * of one that differs in few files, the others are not touched.
 */
final class Loader {
  private final CodeFacts code;
  private final IndexMemory indexes;
  private final BuildFacts builds;
  private final LockMemory locks;

  /**
   * A tree.
   *
   * @param ledger of the C files, by path
   * @param builds the facts of the files of the build, by path
   * @param earlier a state of it that the store knows and that serves
   * @param locks what is known of its locks
   * @param isIndexed whether the store has the index of this very tree, with all of its files
   */
  record Loaded(
      TreeFacts code,
      Supplier<SortedMap<String, Ledger.FileRow>> ledger,
      Supplier<SortedMap<String, KbuildFacts>> builds,
      Optional<EarlierState> earlier,
      LockKnowledge locks,
      boolean isIndexed) {}

  /** What has changed in a tree, by path. */
  record Changed(SortedMap<String, FileFacts> code, SortedMap<String, KbuildFacts> builds) {}

  Loader(FactStore store, FactExtractor extractor, UnitCache units, LockMemory locks) {
    this.locks = locks;
    code = new CodeFacts(store, extractor, units);
    indexes = new IndexMemory(store);
    builds = new BuildFacts(store);
  }

  /** The tasks of one load, and how far they are. */
  private record Work(
      SourceTree tree, Workers workers, Progress progress, Cancellation cancellation) {
    <T> SortedMap<String, T> run(List<SourceFile> files, Step<T> step) throws CancelledException {
      // Large files first, so that no thread is left alone with one at the end.
      List<SourceFile> ordered =
          files.stream().sorted(Comparator.comparingLong(SourceFile::size).reversed()).toList();
      AtomicInteger done = new AtomicInteger();
      SortedMap<String, T> all = new ConcurrentSkipListMap<>();
      workers.run(
          ordered.size(),
          n -> {
            all.put(ordered.get(n).path(), step.take(tree, ordered.get(n)));
            progress.at(Progress.Phase.FILES, done.incrementAndGet(), ordered.size());
          },
          cancellation);
      return all;
    }
  }

  private interface Step<T> {
    T take(SourceTree tree, SourceFile file);
  }

  /**
   * A whole tree.
   *
   * @param listing its name
   * @param before the name of the state that was asked about before, if any
   * @param serves whether the store has all that is wanted of the state with that listing; if not,
   *     what is found out now is to become the state that others begin with
   */
  Loaded load(
      SourceTree tree,
      String listing,
      Optional<String> before,
      Predicate<String> serves,
      Workers workers,
      Progress progress,
      Cancellation cancellation)
      throws CancelledException {
    Work work = new Work(tree, workers, progress, cancellation);
    List<SourceFile> files = tree.files().stream().filter(f -> f.kind().isCode()).toList();
    Optional<IndexMemory.Known> known = indexes.nearest(tree, listing, before);
    IndexUpdate update = new IndexUpdate(files, listing, known);
    update.add(work.run(update.open(), code::digest));
    Optional<EarlierState> earlier =
        known.filter(k -> !update.isLarge()).map(k -> EarlierState.of(k.listing(), update, code));
    Optional<EarlierState> serving = earlier.filter(e -> serves.test(e.listing()));
    boolean isIndexed = update.isExact();
    if (!isIndexed && serving.isEmpty()) {
      // What was not as listed, or could not be read, will have to be looked at again.
      indexes.keep(update.index(file -> !code.isKept(file)), tree, listing);
      isIndexed = files.stream().noneMatch(code::isKept);
    }
    return new Loaded(
        new TreeFacts(
            update.paths(),
            update.postings(),
            path -> code.facts(tree, tree.file(path).orElseThrow())),
        Lazy.of(update::rows),
        Lazy.of(() -> allBuilds(tree)),
        serving,
        earlier.<LockKnowledge>map(e -> new EarlierLocks(locks, e)).orElse(LockKnowledge.NONE),
        isIndexed);
  }

  /** Makes a linked tree that of another, with what has changed; false if it cannot. */
  boolean become(
      LinkedTree linked, SourceTree tree, TreeDelta delta, Changed changed, IrSource bodies) {
    return linked.become(tree, delta, changed, bodies, code);
  }

  /** Forgets what was read in place of what was listed. */
  void forgetOthers() {
    code.forgetOthers();
  }

  /** The facts of some files of a tree. */
  Changed load(
      SourceTree tree,
      List<SourceFile> wanted,
      Workers workers,
      Progress progress,
      Cancellation cancellation)
      throws CancelledException {
    Work work = new Work(tree, workers, progress, cancellation);
    List<SourceFile> files = wanted.stream().filter(f -> f.kind().isCode()).toList();
    List<SourceFile> builds = wanted.stream().filter(Loader::isOfBuild).toList();
    return new Changed(
        work.run(files, code::facts), work.run(builds, (t, f) -> this.builds.facts(t, f)));
  }

  /** On the thread that needs them: most questions do not, and there are few. */
  private SortedMap<String, KbuildFacts> allBuilds(SourceTree tree) {
    SortedMap<String, KbuildFacts> all = new TreeMap<>();
    tree.files().stream()
        .filter(Loader::isOfBuild)
        .forEach(file -> all.put(file.path(), builds.facts(tree, file)));
    return all;
  }

  static boolean isOfBuild(SourceFile file) {
    return file.kind() == SourceFile.Kind.KBUILD || file.kind() == SourceFile.Kind.KCONFIG;
  }
}
