// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.OwnInputs;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules asked about one function: which of them have something to look at there, and what each of
 * these says. Both are remembered by the program until something changes that they hang on.
 */
final class FunctionRun {
  private FunctionRun() {}

  /**
   * For which rules a function is a candidate.
   *
   * @param rules their ids, in the order in which they were asked
   * @param failures crashes, one line each
   */
  record Candidates(List<String> rules, List<String> failures) {
    static final Candidates NONE = new Candidates(List.of(), List.of());

    Candidates {
      rules = List.copyOf(rules);
      failures = List.copyOf(failures);
    }
  }

  /** The key under which the program remembers for which of these rules a function is one. */
  record AsksFor(FunctionRef function, List<String> rules) {}

  /** The key under which the program remembers what a rule says of a function. */
  record Asks(String rule, FunctionRef function) {}

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

  /**
   * For which rules the function is a candidate. Whoever asks looks after the function's own inputs
   * himself.
   *
   * @param ids of the rules
   */
  static Candidates candidates(
      FunctionRef function, List<Rule> rules, List<String> ids, Program program) {
    return program.passing(
        new AsksFor(function, ids),
        new OwnInputs(function.file(), program.key(function)),
        () -> find(function, rules, program));
  }

  private static Candidates find(FunctionRef function, List<Rule> rules, Program program) {
    List<String> found = new ArrayList<>(0);
    List<String> failures = new ArrayList<>(0);
    for (Rule rule : rules) {
      try {
        if (rule.isCandidate(function, program)) {
          found.add(rule.info().id());
        }
      } catch (RuntimeException | StackOverflowError e) {
        failures.add(failure(rule, function, program, e));
      }
    }
    return found.isEmpty() && failures.isEmpty()
        ? Candidates.NONE
        : new Candidates(found, failures);
  }

  /** What a rule says of a function that is a candidate for it; a crash is thrown. */
  static Verdict verdict(Rule rule, FunctionRef function, Program program) {
    return program.memo(
        new Asks(rule.info().id(), function),
        () -> {
          Collector report = new Collector();
          rule.check(function, program, report);
          Verdict verdict = report.verdict();
          return verdict.isEmpty() ? Verdict.NOTHING : verdict;
        });
  }

  /** A line about the crash of a rule: it costs what the rule had to say of one function. */
  static String failure(Rule rule, FunctionRef function, Program program, Throwable crash) {
    StackTraceElement[] trace = crash.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return "%s on %s:%d %s(): %s%s"
        .formatted(
            rule.info().id(),
            function.file(),
            program.facts(function).position().line(),
            function.name(),
            crash,
            where);
  }
}
