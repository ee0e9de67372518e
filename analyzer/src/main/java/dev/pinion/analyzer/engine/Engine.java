// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FactsCodec;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.FrontEnd;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceProblem;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Runs rules over trees. Keeps facts in memory by blob id, so that scanning a tree again with some
 * files changed costs those files, the link and the rules. Results do not depend on the number of
 * threads, on what the store holds, or on earlier scans. One scan at a time.
 */
public final class Engine implements AutoCloseable {
  /** Names the store's version: what decides the facts of given bytes. */
  public static final String FACTS_VERSION = FactsCodec.VERSION;

  private final List<Rule> rules;
  private final KernelModel model = KernelModel.load();
  private final Loader loader;
  private final UnitCache units = new UnitCache();
  private final Workers workers;

  /**
   * @param rules all rules there are; a request picks among them
   * @param store closed by whoever opened it, after the engine
   * @param jobs number of threads, at least 1
   */
  public Engine(List<Rule> rules, FactStore store, int jobs) {
    this.rules = rules.stream().sorted(Comparator.comparing(r -> r.info().id())).toList();
    this.loader = new Loader(store, new FactExtractor(model));
    this.workers = new Workers(jobs);
  }

  /**
   * Analyses the whole tree and reports within the request.
   *
   * @throws SourceException if the tree has no C under the paths of the request
   * @throws CancelledException if cancelled; what the store has got by then is valid
   */
  public ScanResult scan(
      SourceTree tree, ScanRequest request, Progress progress, Cancellation cancellation)
      throws SourceException, CancelledException {
    Loader.Loaded loaded = load(tree, request, progress, cancellation);
    progress.at(Progress.Phase.LINKING, 0, 0);
    Program program = link(tree, loaded, OwnRows.of(tree, model));
    RuleRun run = new RuleRun(program, request);
    List<Rule> wanted =
        rules.stream()
            .filter(r -> request.rules().isEmpty() || request.rules().contains(r.info().id()))
            .toList();
    run.run(wanted, workers, progress, cancellation);
    List<Finding> covered =
        run.findings().stream().filter(f -> request.covers(f.location().file())).toList();
    return new ScanResult(
        new Fingerprints(tree).identify(covered),
        run.excused().stream().filter(e -> request.covers(e.location().file())).toList(),
        coverage(tree, loaded.code(), request),
        run.failures());
  }

  /** The ledger alone, without linking and rules. */
  public Coverage coverage(
      SourceTree tree, ScanRequest request, Progress progress, Cancellation cancellation)
      throws SourceException, CancelledException {
    return coverage(tree, load(tree, request, progress, cancellation).code(), request);
  }

  /**
   * Links a tree and puts a question to it, on one of the engine's threads.
   *
   * @param needed which files the question is about; the others are as if the tree had none of them
   * @throws SourceException if the tree has no C at all
   * @throws CancelledException if cancelled; what the store has got by then is valid
   */
  public <T> T ask(
      SourceTree tree,
      Predicate<SourceFile> needed,
      Function<Program, T> question,
      Progress progress,
      Cancellation cancellation)
      throws SourceException, CancelledException {
    progress.at(Progress.Phase.LISTING, 0, 0);
    tree.filesUnder(""); // Says so, in one line, if there is no C.
    Loader.Loaded loaded = loader.load(tree, needed, workers, progress, cancellation);
    KernelModel known = OwnRows.of(tree, model);
    progress.at(Progress.Phase.LINKING, 0, 0);
    List<T> answer = new ArrayList<>(1);
    workers.run(1, n -> answer.add(question.apply(link(tree, loaded, known))), cancellation);
    return answer.get(0);
  }

  private Program link(SourceTree tree, Loader.Loaded loaded, KernelModel known) {
    return Program.link(
        loaded.code(), loaded.builds(), known, new TreeBodies(tree, units, FrontEnd::unit));
  }

  private Loader.Loaded load(
      SourceTree tree, ScanRequest request, Progress progress, Cancellation cancellation)
      throws SourceException, CancelledException {
    progress.at(Progress.Phase.LISTING, 0, 0);
    for (String path : request.paths().isEmpty() ? List.of("") : request.paths()) {
      tree.filesUnder(path); // Says so, in one line, if there is no C.
    }
    return loader.load(tree, file -> true, workers, progress, cancellation);
  }

  private static Coverage coverage(
      SourceTree tree, SortedMap<String, FileFacts> files, ScanRequest request) {
    int[] counts = new int[3];
    List<Coverage.Entry> problems = new ArrayList<>();
    files.forEach(
        (path, facts) -> {
          if (!request.covers(path)) {
            return;
          }
          counts[0]++;
          counts[1] += facts.functions().size();
          counts[2] += (int) facts.functions().stream().filter(FunctionFacts::analysed).count();
          facts.problems().forEach(p -> problems.add(new Coverage.Entry(path, p)));
        });
    for (SourceProblem p : tree.problems()) {
      if (request.covers(p.path())) {
        Problem problem = new Problem(Problem.Kind.UNREADABLE, 1, "", p.message());
        problems.add(new Coverage.Entry(p.path(), problem));
      }
    }
    problems.sort(
        Comparator.comparing(Coverage.Entry::location)
            .thenComparing(e -> e.problem().kind())
            .thenComparing(e -> e.problem().detail()));
    return new Coverage(counts[0], counts[1], counts[2], problems);
  }

  /** Ids of the rules, sorted. */
  public List<String> ruleIds() {
    return rules.stream().map(r -> r.info().id()).toList();
  }

  @Override
  public void close() {
    workers.close();
  }
}
