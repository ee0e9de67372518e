// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.LineChanges;
import dev.pinion.analyzer.rule.PatchRule;
import dev.pinion.analyzer.source.Change;
import dev.pinion.analyzer.source.History;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks each change of a history against its parent. Files that trees share are analysed once,
 * because facts are keyed by content.
 *
 * <p>A merge is charged only with what none of its parents has: what came in with a side branch
 * belongs to the commits there.
 */
public final class SeriesCheck {
  private final Engine engine;
  private final History history;
  private final ScanRequest request;
  private final Progress progress;
  private final Cancellation cancellation;
  private final PatchRuleRun patchRules;

  private final Map<String, Scanned> scans = new HashMap<>();
  private final Map<String, Integer> needed = new HashMap<>();
  private final List<Mark> marks = new ArrayList<>();
  private final Set<String> failures = new LinkedHashSet<>();
  private Coverage coverage = new Coverage(0, 0, 0, List.of());

  /**
   * A state's findings. Its tree is not kept: a kernel's listing has 65,000 entries, and a history
   * may be long.
   *
   * @param charged what the history brought, by fingerprint
   * @param begun what the rules about changes remember up to here
   */
  private record Scanned(
      String state,
      List<Reported> findings,
      Map<String, Mark> charged,
      PatchRuleRun.Memory begun) {}

  /** An event while it can still change; its place in the list is its order. */
  private static final class Mark {
    private final Reported finding;
    private final String state;
    private final Optional<Change> introducedBy;
    private Optional<Change> curedBy = Optional.empty();

    Mark(Reported finding, String state, Optional<Change> introducedBy) {
      this.finding = finding;
      this.state = state;
      this.introducedBy = introducedBy;
    }

    Series.Event event() {
      return new Series.Event(finding, state, introducedBy, curedBy);
    }
  }

  /**
   * @param engine asked once per change, and once for each state below the history; has the rules
   *     of the request, and those that the rules about changes listen to
   * @param patchRules rules about changes; may be none
   * @param request what to report
   */
  public SeriesCheck(
      Engine engine,
      List<PatchRule> patchRules,
      History history,
      ScanRequest request,
      Progress progress,
      Cancellation cancellation) {
    this.engine = engine;
    this.history = history;
    this.request = request;
    this.progress = progress;
    this.cancellation = cancellation;
    this.patchRules = new PatchRuleRun(engine, patchRules, request, progress, cancellation);
  }

  /** Checks all changes. */
  public Series check(Series.Listener listener) throws SourceException, CancelledException {
    for (Change change : history.changes()) {
      change.parents().forEach(parent -> needed.merge(parent, 1, Integer::sum));
    }
    for (Change change : history.changes()) {
      listener.checked(check(change));
      change.parents().forEach(this::release);
    }
    failures.addAll(patchRules.failures());
    return new Series(marks.stream().map(Mark::event).toList(), coverage, List.copyOf(failures));
  }

  /** A long history would not fit into memory if states stayed that nobody builds on any more. */
  private void release(String parent) {
    if (needed.merge(parent, -1, Integer::sum) == 0) {
      scans.remove(parent);
    }
  }

  private Series.Step check(Change change) throws SourceException, CancelledException {
    List<Scanned> parents = new ArrayList<>();
    for (String parent : change.parents()) {
      parents.add(scanned(parent));
    }
    SourceTree tree = history.tree(change.id());
    Scanned scanned =
        parents.size() == 1
            ? scannedOn(parents.get(0), change.id(), tree)
            : scanned(change.id(), tree, PatchRuleRun.Memory.NONE);
    if (parents.isEmpty()) {
      introduce(scanned.findings(), change, scanned);
      return new Series.Step(change, scanned.findings(), List.of(), scanned.findings().size());
    }
    List<Reported> introduced = scanned.findings();
    Optional<Set<String>> gone = Optional.empty();
    for (Scanned parent : parents) {
      SourceTree before = history.tree(parent.state());
      FindingDiff diff =
          FindingDiff.between(parent.findings(), scanned.findings(), new TreeTexts(before, tree));
      inherit(diff.kept(), parent, scanned);
      introduced = common(introduced, prints(diff.introduced()));
      Set<String> cured = prints(diff.cured());
      gone = Optional.of(gone.map(others -> intersection(others, cured)).orElse(cured));
    }
    List<Reported> cured = common(parents.get(0).findings(), gone.orElse(Set.of()));
    List<Reported> blamed =
        introduced.isEmpty() || parents.size() != 1
            ? introduced
            : blamed(introduced, history.tree(parents.get(0).state()), tree);
    introduce(blamed, change, scanned);
    cure(cured, change, parents.get(0));
    return new Series.Step(change, blamed, cured, scanned.findings().size());
  }

  /** A finding far from the change gets the place in the change that brings it. */
  private static List<Reported> blamed(
      List<Reported> introduced, SourceTree before, SourceTree after) {
    LineChanges changes = TreeChanges.between(before, after);
    return introduced.stream().map(reported -> Blame.in(changes, reported)).toList();
  }

  private static void inherit(List<FindingDiff.Kept> kept, Scanned parent, Scanned child) {
    for (FindingDiff.Kept pair : kept) {
      Mark mark = parent.charged().get(pair.before().fingerprint());
      if (mark != null) {
        child.charged().putIfAbsent(pair.after().fingerprint(), mark);
      }
    }
  }

  private void introduce(List<Reported> findings, Change change, Scanned tree) {
    for (Reported finding : findings) {
      Mark mark = new Mark(finding, change.id(), Optional.of(change));
      marks.add(mark);
      tree.charged().put(finding.fingerprint(), mark);
    }
  }

  private void cure(List<Reported> findings, Change change, Scanned parent) {
    for (Reported finding : findings) {
      Mark mark = parent.charged().get(finding.fingerprint());
      if (mark == null) {
        mark = new Mark(finding, change.parents().get(0), Optional.empty());
        marks.add(mark);
      }
      mark.curedBy = Optional.of(change);
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

  private Scanned scanned(String state) throws SourceException, CancelledException {
    Scanned known = scans.get(state);
    return known != null ? known : scanned(state, history.tree(state), PatchRuleRun.Memory.NONE);
  }

  /** A state with exactly one parent: here the rules about changes have their say. */
  private Scanned scannedOn(Scanned parent, String state, SourceTree tree)
      throws SourceException, CancelledException {
    if (patchRules.isEmpty()) {
      return scanned(state, tree, parent.begun());
    }
    ScanResult result = scan(tree);
    PatchRuleRun.Memory memory =
        patchRules.run(parent.begun(), history.tree(parent.state()), tree, result);
    return remember(state, result, tree, memory);
  }

  private Scanned scanned(String state, SourceTree tree, PatchRuleRun.Memory memory)
      throws SourceException, CancelledException {
    return remember(state, scan(tree), tree, memory);
  }

  private ScanResult scan(SourceTree tree) throws SourceException, CancelledException {
    ScanRequest all = new ScanRequest(request.paths(), List.of());
    ScanResult result = engine.scan(tree, all, progress, cancellation);
    failures.addAll(result.failures());
    coverage = result.coverage();
    return result;
  }

  private Scanned remember(
      String state, ScanResult result, SourceTree tree, PatchRuleRun.Memory memory) {
    List<Reported> findings = new ArrayList<>();
    for (Reported finding : result.findings()) {
      if (request.rules().isEmpty() || request.rules().contains(finding.finding().rule())) {
        findings.add(finding);
      }
    }
    findings.addAll(new Fingerprints(tree).identify(memory.findings()));
    Collections.sort(findings);
    Scanned scanned = new Scanned(state, List.copyOf(findings), new HashMap<>(), memory);
    scans.put(state, scanned);
    return scanned;
  }
}
