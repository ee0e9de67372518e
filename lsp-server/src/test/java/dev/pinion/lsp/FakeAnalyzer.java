// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.atlas.Atlas;
import dev.pinion.analyzer.engine.CheckedFix;
import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RulePage;
import dev.pinion.analyzer.rule.TextEdit;
import dev.pinion.analyzer.rule.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A whole-program analysis small enough to reason about. {@code del(x)} anywhere is a warning if
 * {@code walk(x)} stands somewhere in the tree; {@code leak(x)} is an error; {@code smell(x)} is
 * latent; {@code del} has a fix unless the tree says {@code WITHDRAW}; a tree with {@code CRASH} in
 * it crashes, with {@code REFUSE} cannot be read, and with {@code FAIL} has a rule that failed.
 */
final class FakeAnalyzer implements Analyzer {
  static final RulePage PAGE =
      new RulePage(
          "rcu-plain-delete",
          """
          # plain delete

          ## What
          A node is deleted under its readers.

          ```c
          list_del(&x->node);
          ```
          """);
  private static final Pattern CALL = Pattern.compile("\\b(del|leak|smell)\\((\\w+)\\)");

  final List<Analysis.Job> jobs = new CopyOnWriteArrayList<>();
  final List<Analysis.Fixing> fixings = new CopyOnWriteArrayList<>();
  final List<String> stores = new CopyOnWriteArrayList<>();
  final List<String> closed = new CopyOnWriteArrayList<>();

  /** Runs in the middle of every scan, on the scanning thread. */
  volatile Consumer<Analysis.Job> during = job -> {};

  /** Runs in the middle of every check of commits, on the analysing thread. */
  volatile Consumer<BooleanSupplier> checking = cancelled -> {};

  /** How often the atlas was asked. */
  final AtomicInteger asked = new AtomicInteger();

  volatile boolean heedsCancel = true;
  volatile boolean memoryIsLow;

  @Override
  public List<RuleInfo> rules() {
    return List.of(
        new RuleInfo("rcu-plain-delete", Tier.WARNING, "plain delete", List.of()),
        new RuleInfo("smell-any", Tier.LATENT, "smells", List.of()),
        new RuleInfo("symbol-get-leak", Tier.ERROR, "leaks", List.of()));
  }

  @Override
  public Optional<RulePage> page(String rule) {
    return rule.equals("rcu-plain-delete") ? Optional.of(PAGE) : Optional.empty();
  }

  @Override
  public Optional<Path> treeAround(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("Kbuild"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean isMemoryLow() {
    return memoryIsLow;
  }

  @Override
  public Analysis open(String store, Consumer<String> warnings) throws AnalysisException {
    if (store.equals("/odd")) {
      warnings.accept("/odd: half of it is damaged");
    }
    if (store.equals("/bad")) {
      throw new AnalysisException("/bad: cannot be written; choose another pinion.store");
    }
    stores.add(store);
    return new Analysis() {
      @Override
      public ScanResult scan(Job job, Progress progress, BooleanSupplier cancelled)
          throws AnalysisException {
        jobs.add(job);
        return FakeAnalyzer.this.scan(job, progress, cancelled);
      }

      @Override
      public List<CheckedFix.Offered> fixes(
          Job job, Set<Finding> findings, Fixing how, BooleanSupplier cancelled)
          throws AnalysisException {
        fixings.add(how);
        List<CheckedFix.Offered> holding = new ArrayList<>();
        for (Reported one : FakeAnalyzer.this.scan(job, Progress.NONE, cancelled).findings()) {
          if (findings.contains(one.finding()) && !files(job).toString().contains("WITHDRAW")) {
            one.finding().fixes().stream()
                .filter(Fix::isComplete)
                .forEach(fix -> holding.add(new CheckedFix.Offered(one, fix)));
          }
        }
        return holding;
      }

      @Override
      public <T> Optional<T> ask(Job job, Function<Atlas, T> question, BooleanSupplier cancelled) {
        asked.incrementAndGet();
        return Optional.empty();
      }

      @Override
      public Checked check(
          Commits commits, List<String> ids, Commit told, BooleanSupplier cancelled)
          throws AnalysisException {
        told.checked(0, 2);
        told.checked(1, 2);
        checking.accept(cancelled);
        if (cancelled.getAsBoolean()) {
          throw new CancellationException();
        }
        throw new AnalysisException(commits.range() + ": no such commits");
      }

      @Override
      public void close() {
        closed.add(store);
      }
    };
  }

  private ScanResult scan(Analysis.Job job, Progress progress, BooleanSupplier cancelled)
      throws AnalysisException {
    Map<String, List<String>> files = files(job);
    String all = files.toString();
    int done = 0;
    while (done < files.size()) {
      progress.at(Progress.Phase.FILES, ++done, files.size());
    }
    during.accept(job);
    if (heedsCancel && cancelled.getAsBoolean()) {
      throw new CancellationException();
    }
    if (all.contains("CRASH")) {
      throw new IllegalStateException("the tree says CRASH");
    }
    if (all.contains("REFUSE")) {
      throw new AnalysisException(job.root() + ": cannot be read; check its permissions");
    }
    List<Reported> findings = new ArrayList<>();
    ScanRequest request = new ScanRequest(job.paths(), job.rules());
    files.forEach(
        (file, lines) -> {
          if (request.covers(file)) {
            judge(file, lines, files, findings);
          }
        });
    List<String> failures =
        all.contains("FAIL") ? List.of("rule smell-any crashed on f()") : List.of();
    return new ScanResult(
        findings, List.of(), new Coverage(files.size(), 0, 0, List.of()), failures);
  }

  private static void judge(
      String file, List<String> lines, Map<String, List<String>> files, List<Reported> findings) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher call = CALL.matcher(lines.get(i));
      while (call.find()) {
        String name = call.group(2);
        List<Related> readers = find(files, "walk(" + name + ")", "walked here");
        Location at = new Location(file, i + 1, call.start() + 1);
        Optional<Finding> finding =
            switch (call.group(1)) {
              case "del" ->
                  readers.isEmpty()
                      ? Optional.empty()
                      : Optional.of(
                          new Finding(
                              "rcu-plain-delete",
                              Tier.WARNING,
                              at,
                              "f",
                              "plain delete of '" + name + "'",
                              readers,
                              List.of(
                                  Fix.complete(
                                      "use del_rcu()",
                                      List.of(new TextEdit(at, "del", "del_rcu"))))));
              case "leak" ->
                  Optional.of(
                      new Finding(
                          "symbol-get-leak",
                          Tier.ERROR,
                          at,
                          "f",
                          "leaked",
                          List.of(),
                          List.of(Fix.remark("put it", "somebody has to know where"))));
              default ->
                  Optional.of(new Finding("smell-any", Tier.LATENT, at, "f", "smells", List.of()));
            };
        String print = file + ":" + i + ":" + call.start();
        finding.ifPresent(f -> findings.add(new Reported(print, print, f)));
      }
    }
  }

  private static List<Related> find(Map<String, List<String>> files, String text, String message) {
    List<Related> found = new ArrayList<>();
    files.forEach(
        (file, lines) -> {
          for (int i = 0; i < lines.size(); i++) {
            int column = lines.get(i).indexOf(text);
            if (column >= 0) {
              found.add(new Related(new Location(file, i + 1, column + 1), message));
            }
          }
        });
    return found;
  }

  private static Map<String, List<String>> files(Analysis.Job job) {
    Map<String, List<String>> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(job.root())) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".c")).toList()) {
        files.put(job.root().relativize(path).toString(), Files.readAllLines(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    job.buffers().forEach((file, text) -> files.put(file, text.lines().toList()));
    return files;
  }
}
