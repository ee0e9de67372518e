// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import dev.pinion.rules.mutants.operator.Mutant;
import dev.pinion.rules.mutants.operator.SymbolSites;
import dev.pinion.rules.mutants.operator.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Breaks correct sites of a tree one at a time and counts how many of these mutants the rules kill:
 * {@code bench/mutants TREE STORE}.
 */
final class MutantBench {
  private final Options options;
  private final SourceTree disk;
  private final FactStore store;

  private MutantBench(Options options, SourceTree disk, FactStore store) {
    this.options = options;
    this.disk = disk;
    this.store = store;
  }

  /** See above. */
  public static void main(String[] args) throws Exception {
    Options options;
    try {
      options = Options.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    SourceTree disk = WorkTree.open(options.tree());
    if (options.page().isPresent()) {
      Report.check(options.page().get());
    }
    try (FactStore store =
        FactStore.open(options.store(), FactsVersion.current(), MutantBench::warn)) {
      MutantBench bench = new MutantBench(options, disk, store);
      if (options.sites()) {
        bench.count();
      } else {
        bench.run();
      }
    }
  }

  /** Only how many sites there are, without a trial. */
  private void count() throws Exception {
    try (Engine engine = new Engine(RuleSet.load().rules(), store, 2)) {
      engine
          .ask(
              disk,
              program -> new Sampling(program, new Texts(disk), options).sites(),
              Progress.NONE,
              () -> false)
          .forEach((id, number) -> System.out.println(id + "\t" + number));
    }
  }

  /** What is tried. */
  private record Plan(List<Mutant> mutants, List<String> symbolFiles) {}

  private void run() throws Exception {
    long start = System.nanoTime();
    Rows earlier = earlier();
    Plan plan = plan(earlier);
    say("%d mutants picked after %.1f s", plan.mutants().size(), seconds(start));
    List<Outcome> outcomes = new ArrayList<>(earlier.outcomes());
    outcomes.addAll(outcomes(plan, start));
    String text = new Report(outcomes).text();
    System.out.print(text);
    if (options.page().isPresent()) {
      Report.write(options.page().get(), text);
    }
  }

  /** What the file of rows has, if that is to be gone on with. */
  private Rows earlier() throws IOException {
    return options.resume() && options.rows().filter(Files::exists).isPresent()
        ? Rows.read(options.rows().get())
        : Rows.none();
  }

  /** An engine of its own: tables of the whole tree would be kept up to date with each mutant. */
  private Plan plan(Rows earlier) throws Exception {
    try (Engine engine = new Engine(RuleSet.load().rules(), store, 2)) {
      return engine.ask(
          disk,
          program ->
              new Plan(
                  earlier.without(new Sampling(program, new Texts(disk), options).mutants()),
                  SymbolSites.functions(program).stream()
                      .map(FunctionRef::file)
                      .distinct()
                      .toList()),
          Progress.NONE,
          () -> false);
    }
  }

  private List<Outcome> outcomes(Plan plan, long start) throws Exception {
    try (Engine engine = new Engine(RuleSet.load().rules(), store, 2, Engine.Trees.MANY);
        Writer out =
            options.rows().isPresent()
                ? Files.newBufferedWriter(
                    options.rows().get(),
                    StandardOpenOption.CREATE,
                    options.resume()
                        ? StandardOpenOption.APPEND
                        : StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)
                : Writer.nullWriter()) {
      Clock clock = new Clock(start);
      List<Outcome> outcomes =
          new Trial(
                  disk, engine, plan.symbolFiles(), () -> seconds(start) > 60.0 * options.minutes())
              .run(
                  plan.mutants(),
                  outcome -> {
                    clock.tick();
                    write(out, outcome);
                  });
      clock.tell();
      return outcomes;
    }
  }

  private static void write(Writer out, Outcome outcome) {
    try {
      out.write(outcome.row() + "\n");
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void warn(String line) {
    System.err.println(line);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void say(String format, Object... values) {
    System.err.println(String.format(Locale.ROOT, format, values));
  }

  /** Times. */
  private static final class Clock {
    private final long start;
    private long first;
    private int count;

    Clock(long start) {
      this.start = start;
    }

    void tick() {
      count++;
      if (count == 1) {
        first = System.nanoTime(); // What is before is the link, and the tree as it is.
      } else if (count % 100 == 0) {
        tell();
      }
    }

    void tell() {
      if (count > 1) {
        say(
            "%d mutants after %.1f s, %.2f s per hundred",
            count, seconds(start), 100 * seconds(first) / (count - 1));
      }
    }
  }
}
