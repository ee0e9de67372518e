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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rules over the functions of one file. The one place where a rule's crash is caught: it costs what
 * the rule had to say of one function.
 */
final class FileRun {
  private final Program program;
  private final SortedMap<String, Verdict> verdicts = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * What rules say of one file.
   *
   * @param verdicts by the id of the rule; none where a rule has nothing to say
   * @param failures crashes, one line each
   */
  record Result(SortedMap<String, Verdict> verdicts, List<String> failures) {
    Result {
      verdicts = new TreeMap<>(verdicts);
      failures = List.copyOf(failures);
    }
  }

  /** What one rule says of one function. */
  private static final class Collector implements Report {
    private final Set<Finding> findings = new TreeSet<>();
    private final Set<Excused> excused = new TreeSet<>();
    private final Set<Coverage.Entry> unjudged = new TreeSet<>(Coverage.ORDER);

    @Override
    public void finding(Finding finding) {
      findings.add(finding);
    }

    @Override
    public void excused(Excused candidate) {
      excused.add(candidate);
    }

    @Override
    public void unjudged(Location location, String function, String why) {
      Problem problem = new Problem(Problem.Kind.LIMIT, location.line(), function, why);
      unjudged.add(new Coverage.Entry(location.file(), problem));
    }

    Verdict verdict() {
      return new Verdict(List.copyOf(findings), List.copyOf(excused), List.copyOf(unjudged));
    }
  }

  private FileRun(Program program) {
    this.program = program;
  }

  /** Asks the rules about a file; remembered until something changes that this hangs on. */
  static Result of(String path, List<Rule> rules, Program program) {
    return program.memo(question(path, rules), () -> new FileRun(program).run(path, rules));
  }

  /** The key under which the program remembers what these rules say of a file. */
  static Object question(String path, List<Rule> rules) {
    return List.of("FileRun", path, rules.stream().map(r -> r.info().id()).toList());
  }

  private Result run(String path, List<Rule> rules) {
    for (FunctionRef function : program.functionsIn(path)) {
      for (Rule rule : rules) {
        judge(rule, function);
      }
    }
    return new Result(verdicts, failures);
  }

  private void judge(Rule rule, FunctionRef function) {
    String id = rule.info().id();
    try {
      if (rule.isCandidate(function, program)) {
        Verdict verdict = verdict(rule, function);
        if (!verdict.isEmpty()) {
          verdicts.merge(id, verdict, Verdict::and);
        }
      }
    } catch (RuntimeException | StackOverflowError e) {
      StackTraceElement[] trace = e.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      failures.add(id + " on " + place(function) + ": " + e + where);
    }
  }

  private Verdict verdict(Rule rule, FunctionRef function) {
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
}
