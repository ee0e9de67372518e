// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.CheckedFix;
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
  }

  /** The next scan of this tree must look at the disk again. */
  void diskChanged(Path root) {
    diskChanged.add(root);
  }

  /** Whether a scan of this tree has come to its end once. */
  boolean hasScanned(Path root) {
    return scanned.contains(root);
  }

  /**
   * How long the last scan of a known tree took; what a first one costs says nothing of the next.
   */
  long lastScanMillis() {
    return lastScanMillis;
  }

  /** Called now and then, to show the progress of a scan that is slow. */
  void tick() {
    underWay.ifPresent(ScanProgress::tick);
  }

  @Override
  public void idle() {
    health.quiescent();
  }

  @Override
  public void run(Path root, BooleanSupplier cancelled) {
    boolean look = diskChanged.remove(root) || !scanned.contains(root);
    try {
      long start = System.nanoTime();
      check(root, look ? Analysis.Disk.CHANGED : Analysis.Disk.UNCHANGED, cancelled);
      if (!scanned.add(root)) {
        lastScanMillis = (System.nanoTime() - start) / 1_000_000;
      }
    } catch (CancellationException e) {
      diskChanged.add(root);
    } catch (AnalysisException e) {
      diskChanged.add(root);
      degraded(root, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      diskChanged.add(root);
      degraded(root, "the analysis of " + root + " crashed, please report it: " + trace(e));
    }
  }

  private void check(Path root, Analysis.Disk disk, BooleanSupplier cancelled)
      throws AnalysisException {
    Settings now = settings.get();
    List<OpenDocument> buffers = documents.in(root);
    List<String> rules = rules(now);
    List<String> paths = paths(root, buffers, now.scope());
    List<Finding> findings = new ArrayList<>();
    if (!rules.isEmpty() && !paths.isEmpty()) {
      ScanResult result =
          scan(
              now.store(),
              new Analysis.Job(root, contents(buffers), request(paths), rules, disk),
              cancelled);
      result.findings().stream()
          .map(reported -> reported.finding())
          .filter(f -> f.tier().atLeast(now.tier()) && now.rules().includes(f.rule()))
          .forEach(findings::add);
      judge(root, result);
    } else {
      health.ok(root);
    }
    publisher.publish(root, buffers, shown(root, buffers, paths, now, findings));
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
    if (opened.isPresent() && opened.get().store().equals(store)) {
      return opened.get().analysis();
    }
    close();
    Analysis analysis =
        analyzer.open(store, warning -> editor.log(MessageType.Warning, "pinion: " + warning));
    opened = Optional.of(new Opened(store, analysis));
    return analysis;
  }

  /**
   * The fixes of findings that hold for the buffers as they are; none if that cannot be found out
   * now. On the thread that analyses.
   */
  List<CheckedFix.Offered> fixes(
      Path root, Set<Finding> findings, Analysis.Fixing how, BooleanSupplier cancelled) {
    Settings now = settings.get();
    List<OpenDocument> buffers = documents.in(root);
    List<String> paths = request(paths(root, buffers, now.scope()));
    Analysis.Job job =
        new Analysis.Job(root, contents(buffers), paths, rules(now), Analysis.Disk.UNCHANGED);
    try {
      return cancelled.getAsBoolean()
          ? List.of()
          : analysis(now.store()).fixes(job, findings, how, cancelled);
    } catch (CancellationException e) {
      return List.of();
    } catch (AnalysisException e) {
      degraded(root, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      degraded(root, "the check of fixes in " + root + " crashed, please report it: " + trace(e));
    }
    return List.of();
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
      List<Finding> findings) {
    ScanRequest asked = new ScanRequest(request(paths), List.of());
    TreeText text = new TreeText(root, buffers);
    DiagnosticMapper mapper = new DiagnosticMapper(editor.features(), now.docs());
    Map<String, List<Shown>> shown = new TreeMap<>();
    for (Finding finding : findings) {
      String file = finding.location().file();
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

  /** The innermost cause and where it comes from: what a bug report needs. */
  private static String trace(Throwable crash) {
    Throwable cause = crash;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    StringBuilder text = new StringBuilder(cause.toString());
    StackTraceElement[] frames = cause.getStackTrace();
    for (int i = 0; i < Math.min(12, frames.length); i++) {
      text.append("\n  at ").append(frames[i]);
    }
    return text.toString();
  }

  /** Closes the analysis; only when no run is under way. */
  @Override
  public void close() {
    opened.ifPresent(o -> o.analysis().close());
    opened = Optional.empty();
  }
}
