// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactStore;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Gets the facts of the files of a tree, on all threads. */
final class Loader {
  /** The scan, its parent's and the one before stay in memory. */
  private static final int GENERATIONS_KEPT = 2;

  private final FactsCache<FileFacts> code;
  private final FactsCache<KbuildFacts> makefiles;
  private final FactsCache<KbuildFacts> kconfigs;
  private final SharedValues shared = new SharedValues();
  private int generation;

  /** A tree's facts by path. */
  record Loaded(SortedMap<String, FileFacts> code, SortedMap<String, KbuildFacts> builds) {}

  Loader(FactStore store, FactExtractor extractor, UnitCache units) {
    code = new FactsCache<>(store, new CodeForm(extractor, shared, units));
    makefiles = new FactsCache<>(store, new BuildForm(SourceFile.Kind.KBUILD, shared));
    kconfigs = new FactsCache<>(store, new BuildForm(SourceFile.Kind.KCONFIG, shared));
  }

  Loaded load(
      SourceTree tree,
      Predicate<SourceFile> needed,
      Workers workers,
      Progress progress,
      Cancellation cancellation)
      throws CancelledException {
    int now = ++generation;
    // Large files first, so that no thread is left alone with one at the end.
    List<SourceFile> files =
        tree.files().stream()
            .filter(needed)
            // Rows change what facts mean, and are none: see OwnRows.
            .filter(file -> file.kind() != SourceFile.Kind.ROWS)
            .sorted(Comparator.comparingLong(SourceFile::size).reversed())
            .toList();
    AtomicInteger done = new AtomicInteger();
    Runnable prepared =
        () -> progress.at(Progress.Phase.FILES, done.incrementAndGet(), files.size());
    SortedMap<String, FileFacts> codeFacts =
        run(
            files.stream()
                .filter(file -> file.kind().isCode())
                .map(file -> code.job(tree, file, now))
                .toList(),
            workers,
            prepared,
            cancellation);
    SortedMap<String, KbuildFacts> buildFacts =
        run(
            files.stream()
                .filter(file -> !file.kind().isCode())
                .map(file -> builds(file.kind()).job(tree, file, now))
                .toList(),
            workers,
            prepared,
            cancellation);
    shared.forget();
    code.evictBefore(now - GENERATIONS_KEPT);
    makefiles.evictBefore(now - GENERATIONS_KEPT);
    kconfigs.evictBefore(now - GENERATIONS_KEPT);
    return new Loaded(codeFacts, buildFacts);
  }

  private static <T> SortedMap<String, T> run(
      List<FactsCache<T>.Job> jobs, Workers workers, Runnable prepared, Cancellation cancellation)
      throws CancelledException {
    workers.run(
        jobs.size(),
        n -> {
          jobs.get(n).prepare();
          prepared.run();
        },
        cancellation);
    SortedMap<String, T> facts = new ConcurrentSkipListMap<>();
    workers.run(jobs.size(), n -> facts.put(jobs.get(n).path(), jobs.get(n).facts()), cancellation);
    return new TreeMap<>(facts);
  }

  private FactsCache<KbuildFacts> builds(SourceFile.Kind kind) {
    return kind == SourceFile.Kind.KCONFIG ? kconfigs : makefiles;
  }
}
