// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.source.CommitRange;
import dev.pinion.analyzer.source.CommitRange.Commit;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.GitRevision;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks each commit of a range against its parent, straight from the object store. Files that
 * commits share are analysed once, because facts are keyed by content.
 *
 * <p>A merge is charged only with what none of its parents has: what came in with a side branch
 * belongs to the commits there.
 */
public final class SeriesCheck {
  private final Engine engine;
  private final GitRepository repository;
  private final ScanRequest request;
  private final Progress progress;
  private final Cancellation cancellation;

  private final Map<String, Scanned> scans = new HashMap<>();
  private final List<Mark> marks = new ArrayList<>();
  private final Set<String> failures = new LinkedHashSet<>();
  private Coverage coverage = new Coverage(0, 0, 0, List.of());

  /**
   * A commit's findings. Its tree is not kept: a kernel's listing has 65,000 entries, and a series
   * may be long.
   *
   * @param charged what the range brought, by fingerprint
   */
  private record Scanned(String rev, List<Reported> findings, Map<String, Mark> charged) {}

  /** An event while it can still change; its place in the list is its order. */
  private static final class Mark {
    private final Reported finding;
    private final String rev;
    private final Optional<Commit> introducedBy;
    private Optional<Commit> curedBy = Optional.empty();

    Mark(Reported finding, String rev, Optional<Commit> introducedBy) {
      this.finding = finding;
      this.rev = rev;
      this.introducedBy = introducedBy;
    }

    Series.Event event() {
      return new Series.Event(finding, rev, introducedBy, curedBy);
    }
  }

  /**
   * @param engine asked once per commit, and once for each commit below the range
   * @param request what to report
   */
  public SeriesCheck(
      Engine engine,
      GitRepository repository,
      ScanRequest request,
      Progress progress,
      Cancellation cancellation) {
    this.engine = engine;
    this.repository = repository;
    this.request = request;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /** Checks all commits of the range. */
  public Series check(CommitRange range) throws SourceException, CancelledException {
    for (Commit commit : range.commits()) {
      check(commit);
    }
    return new Series(marks.stream().map(Mark::event).toList(), coverage, List.copyOf(failures));
  }

  private void check(Commit commit) throws SourceException, CancelledException {
    List<Scanned> parents = new ArrayList<>();
    for (String parent : commit.parents()) {
      parents.add(scanned(parent));
    }
    Scanned scanned = scanned(commit.id());
    if (parents.isEmpty()) {
      introduce(scanned.findings(), commit, scanned);
      return;
    }
    List<Reported> introduced = scanned.findings();
    Optional<Set<String>> gone = Optional.empty();
    for (Scanned parent : parents) {
      FindingDiff diff = diff(parent, scanned);
      inherit(diff.kept(), parent, scanned);
      introduced = common(introduced, prints(diff.introduced()));
      Set<String> cured = prints(diff.cured());
      gone = Optional.of(gone.map(others -> intersection(others, cured)).orElse(cured));
    }
    introduce(introduced, commit, scanned);
    cure(common(parents.get(0).findings(), gone.orElse(Set.of())), commit, parents.get(0));
  }

  private FindingDiff diff(Scanned before, Scanned after) {
    return FindingDiff.between(
        before.findings(),
        after.findings(),
        (file, function) -> mentions(after.rev(), file, function));
  }

  private boolean mentions(String rev, String path, String function) {
    try {
      SourceTree tree = GitRevision.of(repository, rev);
      Optional<SourceFile> file = tree.file(path);
      if (file.isEmpty()) {
        return false;
      }
      String text = new String(tree.read(file.get()).bytes(), StandardCharsets.ISO_8859_1);
      return Pattern.compile("\\b" + Pattern.quote(function) + "\\b").matcher(text).find();
    } catch (SourceException e) {
      return false; // A file that cannot be read now was not read for the findings either.
    }
  }

  private static void inherit(List<FindingDiff.Kept> kept, Scanned parent, Scanned child) {
    for (FindingDiff.Kept pair : kept) {
      Mark mark = parent.charged().get(pair.before().fingerprint());
      if (mark != null) {
        child.charged().putIfAbsent(pair.after().fingerprint(), mark);
      }
    }
  }

  private void introduce(List<Reported> findings, Commit commit, Scanned tree) {
    for (Reported finding : findings) {
      Mark mark = new Mark(finding, commit.id(), Optional.of(commit));
      marks.add(mark);
      tree.charged().put(finding.fingerprint(), mark);
    }
  }

  private void cure(List<Reported> findings, Commit commit, Scanned parent) {
    for (Reported finding : findings) {
      Mark mark = parent.charged().get(finding.fingerprint());
      if (mark == null) {
        mark = new Mark(finding, commit.parents().get(0), Optional.empty());
        marks.add(mark);
      }
      mark.curedBy = Optional.of(commit);
    }
  }

  private static List<Reported> common(List<Reported> findings, Set<String> prints) {
    return findings.stream().filter(f -> prints.contains(f.fingerprint())).toList();
  }

  private static Set<String> intersection(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    return both;
  }

  private static Set<String> prints(List<Reported> findings) {
    Set<String> prints = new HashSet<>();
    findings.forEach(f -> prints.add(f.fingerprint()));
    return prints;
  }

  private Scanned scanned(String rev) throws SourceException, CancelledException {
    Scanned known = scans.get(rev);
    if (known != null) {
      return known;
    }
    SourceTree tree = GitRevision.of(repository, rev);
    ScanResult result = engine.scan(tree, request, progress, cancellation);
    failures.addAll(result.failures());
    coverage = result.coverage();
    Scanned scanned = new Scanned(rev, result.findings(), new HashMap<>());
    scans.put(rev, scanned);
    return scanned;
  }
}
