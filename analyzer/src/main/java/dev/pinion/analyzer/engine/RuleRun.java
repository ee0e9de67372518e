// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

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

/** All rules over all their candidates. The one place where a rule's crash is caught. */
final class RuleRun {
  private final Program program;
  private final ScanRequest request;
  private final Set<Finding> findings = new TreeSet<>();
  private final Set<Excused> excused = new TreeSet<>();
  private final Set<String> failures = new TreeSet<>();

  private record Task(Rule rule, FunctionRef function) {}

  RuleRun(Program program, ScanRequest request) {
    this.program = program;
    this.request = request;
  }

  void run(List<Rule> rules, Workers workers, Progress progress, Cancellation cancellation)
      throws CancelledException {
    List<Task> tasks = tasks(rules, workers, cancellation);
    workers.run(
        tasks.size(),
        n -> {
          Task task = tasks.get(n);
          guarded(
              () -> task.rule().check(task.function(), program, report()),
              task.rule().info().id() + " on " + place(task.function()));
          progress.at(Progress.Phase.RULES, n + 1, tasks.size());
        },
        cancellation);
  }

  private List<Task> tasks(List<Rule> rules, Workers workers, Cancellation cancellation)
      throws CancelledException {
    List<List<Task>> perRule = new ArrayList<>();
    rules.forEach(r -> perRule.add(new ArrayList<>()));
    workers.run(
        rules.size(),
        n -> {
          Rule rule = rules.get(n);
          guarded(
              () ->
                  new TreeSet<>(rule.candidates(program))
                      .stream()
                          .filter(f -> request.covers(f.file()))
                          .forEach(f -> perRule.get(n).add(new Task(rule, f))),
              rule.info().id() + " while looking for candidates");
        },
        cancellation);
    return perRule.stream().flatMap(List::stream).toList();
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

  private Report report() {
    return new Report() {
      @Override
      public void finding(Finding finding) {
        synchronized (findings) {
          findings.add(finding);
        }
      }

      @Override
      public void excused(Excused candidate) {
        synchronized (excused) {
          excused.add(candidate);
        }
      }
    };
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  List<Excused> excused() {
    return List.copyOf(excused);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }
}
