// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.atlas.Atlas;
import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.CheckedFix;
import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.FixCheck;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.engine.Series;
import dev.pinion.analyzer.engine.SeriesCheck;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.CommitRange;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.History;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** Scans with the engine; keeps each tree's listing until the disk is said to have changed. */
final class EngineAnalysis implements Analysis {
  /** A listing of a kernel takes megabytes; hardly anybody edits more kernels at a time. */
  private static final int MOST_LISTINGS = 3;

  private final Engine engine;
  private final RuleSet rules;
  private final FactStore store;
  private final Accepted accepted;
  private final Map<Path, SourceTree> listings = new HashMap<>();

  /**
   * @param engine closed with this, as the store is
   * @param rules all that the engine has
   * @param warnings takes lines for the user about what goes wrong without harm
   */
  EngineAnalysis(Engine engine, RuleSet rules, FactStore store, Consumer<String> warnings) {
    this.engine = engine;
    this.rules = rules;
    this.store = store;
    this.accepted = new Accepted(warnings);
  }

  @Override
  public ScanResult scan(Job job, Progress progress, BooleanSupplier cancelled)
      throws AnalysisException {
    return guarded(
        job,
        () -> {
          SourceTree tree = tree(job, progress);
          ScanResult result = scan(tree, job, progress, cancelled);
          return accepted.without(result, job, tree);
        });
  }

  @Override
  public <T> Optional<T> ask(Job job, Function<Atlas, T> question, BooleanSupplier cancelled)
      throws AnalysisException {
    return guarded(
        job,
        () ->
            Optional.of(
                engine.ask(
                    tree(job, Progress.NONE),
                    program -> question.apply(Atlas.of(program)),
                    Progress.NONE,
                    cancelled::getAsBoolean)));
  }

  @Override
  public Checked check(Commits commits, List<String> ids, Commit told, BooleanSupplier cancelled)
      throws AnalysisException {
    try (GitRepository repository = GitRepository.open(commits.folder())) {
      CommitRange range = CommitRange.resolve(repository, commits.range());
      History history = range.in(repository);
      int total = history.changes().size();
      AtomicInteger done = new AtomicInteger();
      SeriesCheck check =
          new SeriesCheck(
              engine,
              rules.patchRules().stream().filter(r -> ids.contains(r.info().id())).toList(),
              history,
              new ScanRequest(List.of(), ids),
              Progress.NONE,
              cancelled::getAsBoolean);
      told.checked(0, total);
      Series series = check.check(step -> told.checked(done.incrementAndGet(), total));
      return new Checked(history.changes(), series);
    } catch (SourceException e) {
      throw new AnalysisException(String.valueOf(e.getMessage()), e);
    } catch (CancelledException e) {
      throw cancellation(e);
    }
  }

  private static CancellationException cancellation(CancelledException cause) {
    CancellationException cancellation = new CancellationException("cancelled");
    cancellation.initCause(cause);
    return cancellation;
  }

  @Override
  public List<CheckedFix.Offered> fixes(
      Job job, Set<Finding> findings, Fixing how, BooleanSupplier cancelled)
      throws AnalysisException {
    return guarded(
        job,
        () -> {
          SourceTree tree = tree(job, Progress.NONE);
          List<Reported> now =
              scan(tree, job, Progress.NONE, cancelled).findings().stream()
                  .filter(reported -> findings.contains(reported.finding()))
                  .toList();
          FixCheck check = new FixCheck(engine, tree, Progress.NONE, cancelled::getAsBoolean);
          List<CheckedFix.Offered> alone = offered(check.alone(now));
          return how == Fixing.ALONE ? alone : offered(check.together(firstOfEach(alone)));
        });
  }

  private static List<CheckedFix.Offered> offered(List<CheckedFix> fixes) {
    return fixes.stream()
        .filter(CheckedFix.Offered.class::isInstance)
        .map(CheckedFix.Offered.class::cast)
        .toList();
  }

  /** A finding is cured once. */
  private static List<CheckedFix.Offered> firstOfEach(List<CheckedFix.Offered> fixes) {
    Set<Reported> cured = new HashSet<>();
    return fixes.stream().filter(fix -> cured.add(fix.finding())).toList();
  }

  private SourceTree tree(Job job, Progress progress) throws SourceException {
    return Overlay.of(listing(job, progress), contents(job.buffers()));
  }

  private ScanResult scan(SourceTree tree, Job job, Progress progress, BooleanSupplier cancelled)
      throws SourceException, CancelledException {
    List<String> paths = job.paths().stream().filter(path -> hasCode(tree, path)).toList();
    if (paths.isEmpty() && !job.paths().isEmpty()) {
      return new ScanResult(List.of(), List.of(), new Coverage(0, 0, 0, List.of()), List.of());
    }
    ScanRequest request = new ScanRequest(paths, job.rules());
    return engine.scan(tree, request, progress, cancelled::getAsBoolean);
  }

  private interface Work<T> {
    T run() throws SourceException, CancelledException;
  }

  private <T> T guarded(Job job, Work<T> work) throws AnalysisException {
    try {
      return work.run();
    } catch (SourceException e) {
      listings.remove(job.root());
      throw new AnalysisException(String.valueOf(e.getMessage()), e);
    } catch (CancelledException e) {
      throw cancellation(e);
    }
  }

  private SourceTree listing(Job job, Progress progress) throws SourceException {
    SourceTree known = listings.get(job.root());
    if (known != null && job.disk() == Disk.UNCHANGED) {
      return known;
    }
    progress.at(Progress.Phase.LISTING, 0, 0);
    SourceTree listed = WorkTree.open(job.root());
    if (listings.size() >= MOST_LISTINGS) {
      listings.clear();
    }
    listings.put(job.root(), listed);
    return listed;
  }

  /** An open folder of the user's need not hold any C; the engine takes that for a mistake. */
  private static boolean hasCode(SourceTree tree, String path) {
    return tree.file(path).isPresent()
        || tree.files().stream()
            .anyMatch(file -> file.kind().isCode() && file.path().startsWith(path + "/"));
  }

  private static Map<String, Optional<byte[]>> contents(Map<String, String> buffers) {
    Map<String, Optional<byte[]>> contents = new HashMap<>();
    buffers.forEach(
        (file, text) -> contents.put(file, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
    return contents;
  }

  @Override
  public void close() {
    engine.close();
    store.close();
  }
}
