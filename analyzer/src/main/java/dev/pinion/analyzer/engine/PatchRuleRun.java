// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.LineChanges;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.rule.Clue;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.PatchRule;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Runs the rules about changes, one change after the other, and carries over what they remember.
 */
final class PatchRuleRun {
  private final Engine engine;
  private final List<PatchRule> rules;
  private final ScanRequest request;
  private final Progress progress;
  private final Cancellation cancellation;
  private final KernelModel model = KernelModel.load();
  private final Set<String> failures = new TreeSet<>();

  /**
   * What is remembered at one state.
   *
   * @param clues by rule
   * @param findings of all of them
   */
  record Memory(Map<String, List<Clue>> clues, List<Finding> findings) {
    static final Memory NONE = new Memory(Map.of(), List.of());

    Memory {
      clues = Map.copyOf(clues);
      findings = List.copyOf(findings);
    }

    List<Finding> of(PatchRule rule) {
      return findings.stream().filter(f -> f.rule().equals(rule.info().id())).toList();
    }
  }

  PatchRuleRun(
      Engine engine,
      List<PatchRule> rules,
      ScanRequest request,
      Progress progress,
      Cancellation cancellation) {
    this.engine = engine;
    this.rules = List.copyOf(rules);
    this.request = request;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  /** Crashes, one line each. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /**
   * Runs the rules over one change.
   *
   * @param begun what was remembered before it
   * @param result what the other rules say of {@code after}
   */
  Memory run(Memory begun, SourceTree before, SourceTree after, ScanResult result)
      throws SourceException, CancelledException {
    LineChanges changes = TreeChanges.between(before, after);
    Map<String, List<Clue>> clues = new TreeMap<>(begun.clues());
    List<Finding> findings = new ArrayList<>();
    for (PatchRule rule : rules) {
      if (rule.concerns(changes, model) || touches(changes, begun.of(rule))) {
        findings.addAll(judge(rule, clues, changes, before, after, result));
      } else {
        findings.addAll(begun.of(rule));
      }
    }
    return new Memory(clues, findings);
  }

  /** Whether a change may have cured what stands, or moved it. */
  private static boolean touches(LineChanges changes, List<Finding> standing) {
    return standing.stream()
        .flatMap(
            f ->
                Stream.concat(Stream.of(f.location()), f.related().stream().map(r -> r.location())))
        .map(Location::file)
        .anyMatch(file -> !changes.in(file).isEmpty());
  }

  private List<Finding> judge(
      PatchRule rule,
      Map<String, List<Clue>> clues,
      LineChanges changes,
      SourceTree before,
      SourceTree after,
      ScanResult result)
      throws SourceException, CancelledException {
    String id = rule.info().id();
    PatchRule.Elsewhere elsewhere =
        new PatchRule.Elsewhere(
            result.findings().stream().map(Reported::finding).toList(), result.excused());
    List<Clue> old =
        rule.concerns(changes, model)
            ? ask(before, List.of(), id, program -> rule.before(program, changes))
            : List.of();
    List<Clue> all = new ArrayList<>(clues.getOrDefault(id, List.of()));
    Said said = new Said();
    ask(
        after,
        List.<Clue>of(),
        id,
        program -> {
          all.addAll(old);
          all.addAll(rule.after(program, changes, old));
          rule.check(program, all, elsewhere, said);
          return List.of();
        });
    clues.put(id, List.copyOf(all));
    return said.findings.stream().filter(f -> request.covers(f.location().file())).toList();
  }

  /** A question to a program; a crash is told and answers nothing. */
  private <T> T ask(
      SourceTree tree, T nothing, String rule, java.util.function.Function<Program, T> question)
      throws SourceException, CancelledException {
    return engine.ask(
        tree,
        program -> {
          try {
            return question.apply(program);
          } catch (RuntimeException | StackOverflowError e) {
            StackTraceElement[] trace = e.getStackTrace();
            failures.add(rule + ": " + e + (trace.length == 0 ? "" : " at " + trace[0]));
            return nothing;
          }
        },
        progress,
        cancellation);
  }

  /** What one rule says of one program. */
  private static final class Said implements Report {
    private final Set<Finding> findings = new TreeSet<>();

    @Override
    public void finding(Finding finding) {
      findings.add(finding);
    }

    @Override
    public void excused(Excused excused) {
      // A series report shows no excuses: what is excused is not the series' doing.
    }

    @Override
    public void unjudged(Location location, String function, String why) {
      // Nor has a change a ledger of its own.
    }
  }
}
