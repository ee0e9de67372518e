// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rules over all their candidates, and what each of them said. The one place where a rule's crash
 * is caught.
 */
final class RuleRun {
  private final Program program;
  private final ScanRequest request;
  private final Set<String> failures = new TreeSet<>();
  private @Nullable List<String> covered;

  private record Task(Rule rule, FunctionRef function, Collector report) {}

  /** What one rule says, from all threads. */
  private static final class Collector implements Report {
    private final Set<Finding> findings = new TreeSet<>();
    private final Set<Excused> excused = new TreeSet<>();
    private final Set<Coverage.Entry> unjudged = new TreeSet<>(Coverage.ORDER);

    @Override
    public synchronized void finding(Finding finding) {
      findings.add(finding);
    }

    @Override
    public synchronized void excused(Excused candidate) {
      excused.add(candidate);
    }

    @Override
    public synchronized void unjudged(Location location, String function, String why) {
      Problem problem = new Problem(Problem.Kind.LIMIT, location.line(), function, why);
      unjudged.add(new Coverage.Entry(location.file(), problem));
    }

    synchronized void add(Verdict part) {
      findings.addAll(part.findings());
      excused.addAll(part.excused());
      unjudged.addAll(part.unjudged());
    }

    synchronized Verdict verdict() {
      return new Verdict(List.copyOf(findings), List.copyOf(excused), List.copyOf(unjudged));
    }
  }

  RuleRun(Program program, ScanRequest request) {
    this.program = program;
    this.request = request;
  }

  /** Runs the rules; the verdicts are in their order, and within the request. */
  List<Verdict> run(List<Rule> rules, Workers workers, Progress progress, Cancellation cancellation)
      throws CancelledException {
    List<Collector> reports = rules.stream().map(r -> new Collector()).toList();
    List<Task> tasks = tasks(rules, reports, workers, cancellation);
    workers.run(
        tasks.size(),
        n -> {
          Task task = tasks.get(n);
          guarded(
              () -> task.report().add(judge(task.rule(), task.function())),
              task.rule().info().id() + " on " + place(task.function()));
          progress.at(Progress.Phase.RULES, n + 1, tasks.size());
        },
        cancellation);
    return reports.stream().map(r -> r.verdict().within(request)).toList();
  }

  private List<Task> tasks(
      List<Rule> rules, List<Collector> reports, Workers workers, Cancellation cancellation)
      throws CancelledException {
    List<List<Task>> perRule = new ArrayList<>();
    rules.forEach(r -> perRule.add(new ArrayList<>()));
    workers.run(
        rules.size(),
        n -> {
          Rule rule = rules.get(n);
          guarded(
              () ->
                  candidates(rule)
                      .forEach(f -> perRule.get(n).add(new Task(rule, f, reports.get(n)))),
              rule.info().id() + " while looking for candidates");
        },
        cancellation);
    return perRule.stream().flatMap(List::stream).toList();
  }

  /** The rule's candidates within the request, sorted. */
  private List<FunctionRef> candidates(Rule rule) {
    if (request.paths().isEmpty()) {
      return List.copyOf(rule.allCandidates(program));
    }
    return covered().stream()
        .flatMap(path -> program.functionsIn(path).stream())
        .filter(f -> isCandidate(rule, f))
        .toList();
  }

  /** The files within the request, in path order; found once for all rules. */
  private synchronized List<String> covered() {
    List<String> known = covered;
    if (known == null) {
      known = program.paths().stream().filter(request::covers).toList();
      covered = known;
    }
    return known;
  }

  private boolean isCandidate(Rule rule, FunctionRef function) {
    return program.memo(
        List.of("isCandidate", rule.info().id(), function),
        () -> rule.isCandidate(function, program));
  }

  /** What a rule says of one function. */
  private Verdict judge(Rule rule, FunctionRef function) {
    return program.memo(
        List.of("verdict", rule.info().id(), function),
        () -> {
          Collector report = new Collector();
          rule.check(function, program, report);
          return report.verdict();
        });
  }

  private String place(FunctionRef function) {
    return function.file()
        + ":"
        + program.facts(function).position().line()
        + " "
        + function.name()
        + "()";
  }

  private void guarded(Runnable work, String what) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError e) {
      StackTraceElement[] trace = e.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      synchronized (failures) {
        failures.add(what + ": " + e + where);
      }
    }
  }

  /** Crashes, one line each. */
  List<String> failures() {
    return List.copyOf(failures);
  }
}
