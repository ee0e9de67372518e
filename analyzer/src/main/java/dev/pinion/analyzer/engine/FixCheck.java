// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.TextEdit;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks the fixes that findings carry: each is laid over the tree in memory, and all rules of the
 * engine are asked again about the edited files and those of the finding's story. A fix is offered
 * only if its finding is gone then and no other is there, of whatever tier.
 *
 * <p>A check costs what a keystroke in an editor does, so it is made for those who ask for fixes.
 */
public final class FixCheck {
  private final Engine engine;
  private final SourceTree tree;
  private final Progress progress;
  private final Cancellation cancellation;

  /** What was found, as far as anybody has asked: to go back to the tree costs as much as a fix. */
  private ScanRequest known = new ScanRequest(List.of("/"), List.of());

  private List<Reported> found = List.of();

  /**
   * @param engine best one for {@linkplain Engine.Trees#MANY many trees}; all its rules are asked,
   *     whichever the findings are of
   * @param tree the one the findings are of; stays as it is
   */
  public FixCheck(Engine engine, SourceTree tree, Progress progress, Cancellation cancellation) {
    this.engine = engine;
    this.tree = tree;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * Checks each fix of each finding without the others.
   *
   * @return in the order of the findings; nothing of findings without a fix
   */
  public List<CheckedFix> alone(List<Reported> findings)
      throws SourceException, CancelledException {
    List<CheckedFix> checked = new ArrayList<>();
    now(concerned(offered(findings))); // All at once, so that only fixes follow.
    for (Reported finding : findings) {
      for (Fix fix : finding.finding().fixes()) {
        checked.add(
            fix.isComplete()
                ? checked(new CheckedFix.Offered(finding, fix))
                : new CheckedFix.Advised(finding, fix));
      }
    }
    return checked;
  }

  private static List<CheckedFix.Offered> offered(List<Reported> findings) {
    return findings.stream()
        .flatMap(
            finding ->
                finding.finding().fixes().stream()
                    .filter(Fix::isComplete)
                    .map(fix -> new CheckedFix.Offered(finding, fix)))
        .toList();
  }

  /** The findings of some files as they are. */
  private List<Reported> now(List<String> files) throws SourceException, CancelledException {
    if (files.isEmpty()) {
      return List.of();
    }
    if (!files.stream().allMatch(known::covers)) {
      ScanRequest asked = new ScanRequest(files, List.of());
      found = engine.scan(tree, asked, progress, cancellation).findings();
      known = asked;
    }
    ScanRequest some = new ScanRequest(files, List.of());
    return found.stream().filter(f -> some.covers(f.finding().location().file())).toList();
  }

  private CheckedFix checked(CheckedFix.Offered fix) throws SourceException, CancelledException {
    Optional<String> why = objection(List.of(fix));
    return why.isEmpty() ? fix : new CheckedFix.Withdrawn(fix.finding(), fix.fix(), why.get());
  }

  /**
   * Checks that fixes go together; of those that do not, the later ones are withdrawn.
   *
   * @param offered each of which is right alone, one a finding
   * @return in the same order
   */
  public List<CheckedFix> together(List<CheckedFix.Offered> offered)
      throws SourceException, CancelledException {
    if (offered.size() < 2 || objection(offered).isEmpty()) {
      return List.copyOf(offered);
    }
    List<CheckedFix> checked = new ArrayList<>();
    List<CheckedFix.Offered> accepted = new ArrayList<>();
    for (CheckedFix.Offered next : offered) {
      accepted.add(next);
      Optional<String> why = accepted.size() == 1 ? Optional.empty() : objection(accepted);
      if (why.isPresent()) {
        accepted.remove(next);
      }
      checked.add(
          why.isEmpty()
              ? next
              : new CheckedFix.Withdrawn(
                  next.finding(), next.fix(), "with the fixes before it: " + why.get()));
    }
    return checked;
  }

  /**
   * The contents of the files that the fixes change, with all of them carried out.
   *
   * @throws EditException if one does not fit its file, or two do not go together
   */
  public SortedMap<String, byte[]> edited(List<CheckedFix.Offered> fixes)
      throws SourceException, EditException {
    SortedMap<String, List<TextEdit>> edits = new TreeMap<>();
    for (CheckedFix.Offered fix : fixes) {
      edits.computeIfAbsent(fix.fix().file(), f -> new ArrayList<>()).addAll(fix.fix().edits());
    }
    SortedMap<String, byte[]> contents = new TreeMap<>();
    for (Map.Entry<String, List<TextEdit>> file : edits.entrySet()) {
      Optional<SourceFile> found = tree.file(file.getKey());
      if (found.isEmpty()) {
        throw new EditException(file.getKey() + " is gone");
      }
      contents.put(file.getKey(), EditedText.of(tree.read(found.get()).bytes(), file.getValue()));
    }
    return contents;
  }

  /** What speaks against carrying out all of them at once; empty if nothing does. */
  private Optional<String> objection(List<CheckedFix.Offered> fixes)
      throws SourceException, CancelledException {
    Map<String, Optional<byte[]>> changes = new HashMap<>();
    try {
      edited(fixes).forEach((file, bytes) -> changes.put(file, Optional.of(bytes)));
    } catch (EditException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    List<String> files = concerned(fixes);
    List<Reported> before = now(files);
    SourceTree after = Overlay.of(tree, changes);
    ScanResult then = engine.scan(after, new ScanRequest(files, List.of()), progress, cancellation);
    if (!then.failures().isEmpty()) {
      return Optional.of("a rule fails on the edited file: " + then.failures().get(0));
    }
    FindingDiff diff = FindingDiff.between(before, then.findings(), new TreeTexts(tree, after));
    return remaining(fixes, diff, then.findings()).or(() -> worse(diff));
  }

  /** The files to ask about: those that are edited, and those of the findings' stories. */
  private static List<String> concerned(List<CheckedFix.Offered> fixes) {
    TreeSet<String> files = new TreeSet<>();
    for (CheckedFix.Offered fix : fixes) {
      files.add(fix.fix().file());
      files.add(fix.finding().finding().location().file());
      fix.finding().finding().related().forEach(r -> files.add(r.location().file()));
    }
    return List.copyOf(files);
  }

  /**
   * A finding is gone if its place has none of its rule any more, and one like it less is there:
   * those of equal lines have no other name.
   */
  private static Optional<String> remaining(
      List<CheckedFix.Offered> fixes, FindingDiff diff, List<Reported> then) {
    List<Finding> cured = new ArrayList<>(diff.cured().stream().map(Reported::finding).toList());
    for (CheckedFix.Offered fix : fixes) {
      Finding finding = fix.finding().finding();
      boolean isThere =
          then.stream()
              .map(Reported::finding)
              .anyMatch(
                  f -> f.rule().equals(finding.rule()) && f.location().equals(finding.location()));
      Optional<Finding> alike = cured.stream().filter(c -> isLike(c, finding)).findFirst();
      if (isThere || alike.isEmpty()) {
        return Optional.of("the finding would still be there");
      }
      cured.remove(alike.get());
    }
    return Optional.empty();
  }

  private static boolean isLike(Finding a, Finding b) {
    return a.rule().equals(b.rule())
        && a.location().file().equals(b.location().file())
        && a.function().equals(b.function())
        && a.message().equals(b.message());
  }

  private static Optional<String> worse(FindingDiff diff) {
    Optional<Reported> brought =
        diff.introduced().stream()
            .findFirst()
            .or(
                () ->
                    diff.kept().stream()
                        .filter(
                            k ->
                                k.after().finding().tier().compareTo(k.before().finding().tier())
                                    < 0)
                        .map(FindingDiff.Kept::after)
                        .findFirst());
    return brought.map(
        b -> {
          Location at = b.finding().location();
          return "it would bring %s at %s:%d: %s"
              .formatted(b.finding().rule(), at.file(), at.line(), b.finding().message());
        });
  }
}
