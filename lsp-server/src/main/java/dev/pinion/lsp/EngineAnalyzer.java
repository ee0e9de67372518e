// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RulePage;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.KernelTree;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.store.FactStore;
import dev.pinion.analyzer.store.StoreLimit;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The real analyzer, with all rules on the class path. */
final class EngineAnalyzer implements Analyzer {
  /** An editor shares the machine with its user's build. */
  private static final int MOST_JOBS = 4;

  /** More than this of the heap in use leaves the collector little to work with. */
  private static final double MOST_MEMORY = 0.85;

  private final RuleSet rules = RuleSet.load();

  @Override
  public List<RuleInfo> rules() {
    return rules.infos();
  }

  @Override
  public Optional<RulePage> page(String rule) {
    try {
      return rules.page(rule);
    } catch (UncheckedIOException e) {
      // The jar has become unreadable; a hover without a page is the least of its troubles.
      return Optional.empty();
    }
  }

  /**
   * The tree around a file; empty for a file in a folder that is only a folder, which {@link
   * KernelTree} would take for a tree of its own.
   */
  @Override
  public Optional<Path> treeAround(Path file) {
    Optional<Path> existing = Optional.of(file);
    while (existing.isPresent() && !Files.exists(existing.get())) {
      existing = Optional.ofNullable(existing.get().getParent());
    }
    if (existing.isEmpty()) {
      return Optional.empty();
    }
    try {
      KernelTree tree = KernelTree.locate(existing.get());
      return isOnlyAFolder(tree.root()) ? Optional.empty() : Optional.of(tree.root());
    } catch (SourceException | InvalidPathException e) {
      // Neither a file nor a folder, or gone in between: in no tree.
      return Optional.empty();
    }
  }

  @Override
  public boolean isMemoryLow() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage kept = pool.getCollectionUsage();
      // Where what stays for long lies; the others are as small as the collector likes.
      if (pool.getType() == MemoryType.HEAP && kept != null && kept.getMax() > 0) {
        boolean old = kept.getMax() >= Runtime.getRuntime().maxMemory() / 2;
        if (old && kept.getUsed() > MOST_MEMORY * kept.getMax()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOnlyAFolder(Path root) {
    return !KernelTree.isKernel(root)
        && List.of(KernelTree.MARKER, ".git").stream()
            .noneMatch(name -> Files.exists(root.resolve(name)));
  }

  @Override
  public Analysis open(String store, Consumer<String> warnings) throws AnalysisException {
    FactStore facts = store(store, warnings);
    int jobs = Math.min(MOST_JOBS, Runtime.getRuntime().availableProcessors());
    Engine engine = new Engine(rules.rules(), facts, jobs, Engine.Trees.MANY);
    return new EngineAnalysis(engine, rules, facts, warnings);
  }

  /** As the environment says; an editor is not to be kept waiting for want of a good number. */
  private static StoreLimit limit(Consumer<String> warnings) {
    String set = System.getenv(StoreLimit.VARIABLE);
    try {
      return set == null || set.isEmpty() ? StoreLimit.DEFAULT : StoreLimit.parse(set);
    } catch (IllegalArgumentException e) {
      warnings.accept(StoreLimit.VARIABLE + ": " + e.getMessage());
      return StoreLimit.DEFAULT;
    }
  }

  private static FactStore store(String store, Consumer<String> warnings) throws AnalysisException {
    if (store.equals("none")) {
      return FactStore.none();
    }
    try {
      Path folder = store.isEmpty() ? FactStore.defaultFolder() : Path.of(store);
      return FactStore.open(folder, FactsVersion.current(), limit(warnings), warnings);
    } catch (InvalidPathException e) {
      throw new AnalysisException(
          "pinion.store is '" + store + "', which is no path; name a folder, or none", e);
    }
  }
}
