// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.RuleInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.lsp4j.MessageType;

/**
 * Analyses one tree with all buffers laid over it and shows the outcome. Whatever goes wrong in
 * here is told to the user and leaves what is shown as it was.
 */
final class Checker implements AnalysisLoop.Work, AutoCloseable {
  private final Analyzer analyzer;
  private final Editor editor;
  private final OpenDocuments documents;
  private final Folders folders;
  private final Publisher publisher;
  private final Health health;
  private final Supplier<Settings> settings;
  private final Set<Path> scanned = ConcurrentHashMap.newKeySet();
  private final Set<Path> diskChanged = ConcurrentHashMap.newKeySet();
  private final Map<Path, String> told = new ConcurrentHashMap<>();
  private volatile long lastScanMillis;
  private final MemoryGuard memory;
  private volatile boolean rebuild;
  private volatile Optional<ScanProgress> underWay = Optional.empty();
  private Optional<Opened> opened = Optional.empty();

  private record Opened(String store, Analysis analysis) {}

  Checker(
      Analyzer analyzer,
      Editor editor,
      OpenDocuments documents,
      Folders folders,
      Publisher publisher,
      Health health,
      Supplier<Settings> settings) {
    this.analyzer = analyzer;
    this.editor = editor;
    this.documents = documents;
    this.folders = folders;
    this.publisher = publisher;
    this.health = health;
    this.settings = settings;
    this.memory = new MemoryGuard(analyzer, editor);
  }

  /** The next scan of this tree must look at the disk again. */
  void diskChanged(Path root) {
    diskChanged.add(root);
  }

  /** Whether a scan of this tree has come to its end once. */
  boolean hasScanned(Path root) {
    return scanned.contains(root);
  }

  /** How long the last scan of a known tree took. */
  long lastScanMillis() {
    return lastScanMillis;
  }

  /** Called now and then, to show the progress of a scan that is slow. */
  void tick() {
    underWay.ifPresent(ScanProgress::tick);
  }

  @Override
  public void idle() {
    if (memory.isUsedUp()) {
      rebuild();
    }
    health.quiescent();
  }

  @Override
  public void run(Path root, BooleanSupplier cancelled) {
    boolean isKnown = scanned.contains(root);
    boolean look = diskChanged.remove(root) || !isKnown;
    try {
      long start = System.nanoTime();
      check(root, look ? Analysis.Disk.CHANGED : Analysis.Disk.UNCHANGED, cancelled);
      if (isKnown) {
        lastScanMillis = (System.nanoTime() - start) / 1_000_000;
      }
      if (look) {
        editor.refreshLenses();
      }
    } catch (CancellationException e) {
      diskChanged.add(root);
    } catch (AnalysisException e) {
      diskChanged.add(root);
      degraded(root, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      diskChanged.add(root);
      degraded(root, "the analysis of " + root + " crashed, please report it: " + Crash.trace(e));
    }
  }

  private void check(Path root, Analysis.Disk disk, BooleanSupplier cancelled)
      throws AnalysisException {
    Settings now = settings.get();
    List<OpenDocument> buffers = documents.in(root);
    List<String> rules = rules(now);
    List<String> paths = paths(root, buffers, now.scope());
    List<Reported> findings = new ArrayList<>();
    if (!rules.isEmpty() && !paths.isEmpty()) {
      ScanResult result =
          scan(
              now.store(),
              new Analysis.Job(
                  root, contents(buffers), request(paths), rules, disk, now.baselineOf(root)),
              cancelled);
      result.findings().stream().filter(f -> isShown(f.finding(), now)).forEach(findings::add);
      judge(root, result);
    } else {
      health.ok(root);
    }
    scanned.add(root); // Before anything is shown: who sees it may ask about it.
    publisher.publish(root, buffers, shown(root, buffers, paths, now, findings));
  }

  private static boolean isShown(Finding finding, Settings now) {
    return finding.tier().atLeast(now.tier()) && now.rules().includes(finding.rule());
  }

  private ScanResult scan(String store, Analysis.Job job, BooleanSupplier cancelled)
      throws AnalysisException {
    Analysis analysis = analysis(store);
    ScanProgress.Show show =
        scanned.contains(job.root()) ? ScanProgress.Show.WHEN_SLOW : ScanProgress.Show.AT_ONCE;
    try (ScanProgress progress =
        new ScanProgress(editor.display(job.root(), health), show, System::nanoTime)) {
      underWay = Optional.of(progress);
      return analysis.scan(job, progress, cancelled);
    } finally {
      underWay = Optional.empty();
    }
  }

  private Analysis analysis(String store) throws AnalysisException {
    if (opened.isPresent() && opened.get().store().equals(store) && !rebuild) {
      return opened.get().analysis();
    }
    rebuild = false;
    close();
    Analysis analysis =
        analyzer.open(store, warning -> editor.log(MessageType.Warning, "pinion: " + warning));
    opened = Optional.of(new Opened(store, analysis));
    return analysis;
  }

  /** Something to find out about a tree. */
  interface Asking<T> {
    /**
     * @param job with the buffers as they are
     * @param cancelled becomes true when the answer is no longer wanted
     */
    T of(Analysis analysis, Analysis.Job job, BooleanSupplier cancelled) throws AnalysisException;
  }

  /**
   * Finds something out about the buffers as they are, on the thread that analyses.
   *
   * @param nothing the answer if that is not possible now
   */
  <T> T ask(Path root, T nothing, BooleanSupplier cancelled, Asking<T> question) {
    Settings now = settings.get();
    List<OpenDocument> buffers = documents.in(root);
    List<String> paths = request(paths(root, buffers, now.scope()));
    Analysis.Job job =
        new Analysis.Job(root, contents(buffers), paths, rules(now), Analysis.Disk.UNCHANGED);
    try {
      return cancelled.getAsBoolean()
          ? nothing
          : question.of(analysis(now.store()), job, cancelled);
    } catch (CancellationException e) {
      return nothing;
    } catch (AnalysisException e) {
      degraded(root, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      degraded(root, "a question about " + root + " crashed, please report it: " + Crash.trace(e));
    }
    return nothing;
  }

  /**
   * Checks commits, on the thread that analyses.
   *
   * @throws AnalysisException if that is not possible; the message is for the user
   * @throws CancellationException if nobody wants it any more
   */
  Analysis.Checked check(Analysis.Commits commits, Analysis.Commit told, BooleanSupplier cancelled)
      throws AnalysisException {
    Settings now = settings.get();
    try {
      return analysis(now.store()).check(commits, rules(now), told, cancelled);
    } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
      throw new AnalysisException(
          "the check of " + commits.range() + " crashed, please report it: " + Crash.trace(e), e);
    }
  }

  /** Begins anew with the next scan: nothing that is in memory is used. */
  void rebuild() {
    rebuild = true;
    scanned.clear();
  }

  /** Rules that may have something to show; what cannot be seen need not run. */
  private List<String> rules(Settings now) {
    return analyzer.rules().stream()
        .filter(rule -> rule.tier().atLeast(now.tier()))
        .map(RuleInfo::id)
        .filter(now.rules()::includes)
        .toList();
  }

  /** Files and folders to show findings in; one empty path stands for all. */
  private List<String> paths(Path root, List<OpenDocument> buffers, Settings.Scope scope) {
    Set<String> paths = new TreeSet<>(contents(buffers).keySet());
    if (scope == Settings.Scope.FOLDERS) {
      paths.addAll(folders.partsOf(root));
    }
    return List.copyOf(paths);
  }

  private static List<String> request(List<String> paths) {
    return paths.contains("") ? List.of() : paths;
  }

  private static Map<String, String> contents(List<OpenDocument> buffers) {
    Map<String, String> contents = new TreeMap<>();
    for (OpenDocument buffer : buffers) {
      buffer.place().ifPresent(place -> contents.put(place.file(), buffer.text()));
    }
    return contents;
  }

  private Map<String, List<Shown>> shown(
      Path root,
      List<OpenDocument> buffers,
      List<String> paths,
      Settings now,
      List<Reported> findings) {
    ScanRequest asked = new ScanRequest(request(paths), List.of());
    TreeText text = new TreeText(root, buffers);
    DiagnosticMapper mapper = new DiagnosticMapper(editor.features(), now.docs());
    Map<String, List<Shown>> shown = new TreeMap<>();
    for (Reported finding : findings) {
      String file = finding.finding().location().file();
      if (asked.covers(file)) {
        shown
            .computeIfAbsent(text.uri(file), f -> new ArrayList<>())
            .add(mapper.map(finding, text));
      }
    }
    return shown;
  }

  private void judge(Path root, ScanResult result) {
    List<String> failures = result.failures();
    if (failures.isEmpty()) {
      told.remove(root);
      health.ok(root);
    } else {
      String more = failures.size() > 1 ? " (and " + (failures.size() - 1) + " more)" : "";
      degraded(root, failures.get(0) + more);
    }
  }

  private void degraded(Path root, String reason) {
    health.degraded(root, reason.lines().findFirst().orElse(""));
    if (!reason.equals(told.put(root, reason))) {
      editor.log(MessageType.Error, "pinion: " + reason);
    }
  }

  /** Closes the analysis; only when no run is under way. */
  @Override
  public void close() {
    opened.ifPresent(o -> o.analysis().close());
    opened = Optional.empty();
  }
}
