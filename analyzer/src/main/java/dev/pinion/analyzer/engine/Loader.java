// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactStore;
import java.util.Comparator;
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
  private int generation;

  /** A tree's facts by path. */
  record Loaded(SortedMap<String, FileFacts> code, SortedMap<String, KbuildFacts> builds) {}

  Loader(FactStore store, FactExtractor extractor) {
    Strings strings = new Strings();
    code = new FactsCache<>(store, new CodeForm(extractor, strings));
    makefiles = new FactsCache<>(store, new BuildForm(SourceFile.Kind.KBUILD, strings));
    kconfigs = new FactsCache<>(store, new BuildForm(SourceFile.Kind.KCONFIG, strings));
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
    SourceFile[] files =
        tree.files().stream()
            .filter(needed)
            .sorted(Comparator.comparingLong(SourceFile::size).reversed())
            .toArray(SourceFile[]::new);
    SortedMap<String, FileFacts> codeFacts = new ConcurrentSkipListMap<>();
    SortedMap<String, KbuildFacts> buildFacts = new ConcurrentSkipListMap<>();
    AtomicInteger done = new AtomicInteger();
    workers.run(
        files.length,
        n -> {
          SourceFile file = files[n];
          switch (file.kind()) {
            case C, HEADER -> codeFacts.put(file.path(), code.get(tree, file, now));
            case KBUILD -> buildFacts.put(file.path(), makefiles.get(tree, file, now));
            case KCONFIG -> buildFacts.put(file.path(), kconfigs.get(tree, file, now));
            case ROWS -> {} // They change what facts mean, and are none: see OwnRows.
          }
          progress.at(Progress.Phase.FILES, done.incrementAndGet(), files.length);
        },
        cancellation);
    code.evictBefore(now - GENERATIONS_KEPT);
    makefiles.evictBefore(now - GENERATIONS_KEPT);
    kconfigs.evictBefore(now - GENERATIONS_KEPT);
    return new Loaded(new TreeMap<>(codeFacts), new TreeMap<>(buildFacts));
  }
}
