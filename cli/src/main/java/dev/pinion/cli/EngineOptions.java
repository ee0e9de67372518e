// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.rule.RuleGlobs;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.store.FactStore;
import dev.pinion.analyzer.store.StoreLimit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how the engine works and which rules it runs. */
final class EngineOptions {
  @Option(
      names = "--rule",
      paramLabel = "GLOB",
      description = "Run only these rules: an id or a pattern with *; !GLOB excludes. Repeatable.")
  private List<String> rules = List.of();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads to use; default: one per processor.")
  private @Nullable Integer jobs;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "Where facts are kept between runs, or none; default: the user's cache folder.")
  private @Nullable String store;

  @Option(
      names = "--store-limit",
      paramLabel = "SIZE",
      description = {
        "How large the store may become, such as 512M, 2G or unlimited; what was not asked for the "
            + "longest is forgotten.",
        "Default: $PINION_STORE_LIMIT, or 512M, which is two kernels with room to spare."
      })
  private @Nullable String storeLimit;

  @Option(
      names = "--progress",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private ForPeople progress = ForPeople.AUTO;

  private static final int MOST_JOBS = 256;

  /**
   * The rules to run over a tree.
   *
   * @throws BadInput if a pattern speaks of no rule, which is always a slip, or none is left
   */
  RuleSet rules() throws BadInput {
    RuleSet selected = rulesForChanges();
    if (selected.rules().isEmpty() && !selected.patchRules().isEmpty()) {
      throw new BadInput(
          "--rule %s: is about changes, not about a tree; use it with `pinion check`"
              .formatted(String.join(" --rule ", rules)));
    }
    return new RuleSet(selected.rules());
  }

  /** The rules to run over changes, as {@link #rules}, with those that are about changes alone. */
  RuleSet rulesForChanges() throws BadInput {
    RuleSet all = RuleSet.load();
    for (String pattern : rules) {
      if (all.ids().stream().noneMatch(id -> RuleGlobs.matches(pattern, id))) {
        throw new BadInput(
            "--rule %s: no such rule%s; `pinion rules` lists them"
                .formatted(pattern, Nearest.question(pattern, all.ids())));
      }
    }
    RuleSet selected = all.select(new RuleGlobs(rules));
    if (selected.infos().isEmpty() && !rules.isEmpty()) {
      throw new BadInput("--rule " + String.join(" --rule ", rules) + ": leaves no rule to run");
    }
    return selected;
  }

  /** How many threads. */
  int jobs() throws BadInput {
    if (jobs == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw new BadInput("--jobs " + jobs + ": give a number from 1 to " + MOST_JOBS);
    }
    return jobs;
  }

  /** The folder facts are kept in; empty for {@code none}. */
  Optional<Path> storeFolder(Surroundings here) {
    return StoreFolder.of(Optional.ofNullable(store), here);
  }

  /**
   * An engine and its store.
   *
   * @param store closed after the engine
   */
  private record Running(Engine engine, FactStore store) implements AutoCloseable {
    @Override
    public void close() {
      engine.close();
      store.close();
    }
  }

  /** Starts an engine; a store that cannot be used is bypassed with one line of warning. */
  private Running start(RuleSet selected, Engine.Trees trees, Surroundings here) throws BadInput {
    int threads = jobs();
    StoreLimit limit = StoreFolder.limit(Optional.ofNullable(storeLimit), here);
    FactStore facts = StoreFolder.open(storeFolder(here), limit, here);
    return new Running(new Engine(selected.rules(), facts, threads, trees), facts);
  }

  /** What to do with an engine, and where to show how far it is. */
  interface Task<T> {
    T run(Engine engine, Progress progress) throws SourceException, CancelledException;
  }

  /** Starts an engine, has it do something with one tree, and closes it. */
  <T> T run(RuleSet selected, Surroundings here, Task<T> task)
      throws BadInput, SourceException, CancelledException {
    return run(selected, Engine.Trees.ONE, here, task);
  }

  /** Starts an engine, has it do something under a progress bar, and closes both. */
  <T> T run(RuleSet selected, Engine.Trees trees, Surroundings here, Task<T> task)
      throws BadInput, SourceException, CancelledException {
    Optional<ProgressBar> bar = bar(here);
    try (Running running = start(selected, trees, here)) {
      return task.run(running.engine(), bar.map(Progress.class::cast).orElse(Progress.NONE));
    } finally {
      bar.ifPresent(ProgressBar::close);
    }
  }

  /** A bar, if a person is there to see it. */
  private Optional<ProgressBar> bar(Surroundings here) {
    return progress.on(here.errTerminal())
        ? Optional.of(new ProgressBar(here.err(), System::nanoTime))
        : Optional.empty();
  }
}
