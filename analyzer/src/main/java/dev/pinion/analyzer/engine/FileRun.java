// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** What is known of functions from elsewhere. */
  interface Known {
    /** For which rules a function is a candidate, by their ids. */
    Optional<List<String>> candidate(FunctionRef function);

    /** What a rule says of a function. */
    Optional<Verdict> verdict(String rule, FunctionRef function);
  }

  private FileRun(Program program) {
    this.program = program;
  }

  /** Asks the rules about a file; remembered until something changes that this hangs on. */
  static Result of(String path, List<Rule> rules, Program program) {
    List<String> ids = rules.stream().map(r -> r.info().id()).toList();
    return program.memo(
        List.of("FileRun", path, ids), () -> new FileRun(program).run(path, rules, ids));
  }

  /** Asks the rules about a file, as far as the answers are not known. */
  static Result of(String path, List<Rule> rules, Known known, Program program) {
    List<String> ids = rules.stream().map(r -> r.info().id()).toList();
    return new FileRun(program).run(path, rules, ids, known);
  }

  private Result run(String path, List<Rule> rules, List<String> ids) {
    CandidateGroups.in(path, rules, ids, program)
        .forEach(
            (function, found) -> {
              failures.addAll(found.failures());
              found.rules().forEach(id -> add(id, judge(rules.get(ids.indexOf(id)), function)));
            });
    return new Result(verdicts, failures);
  }

  private void add(String rule, Verdict verdict) {
    if (!verdict.isEmpty()) {
      verdicts.merge(rule, verdict, Verdict::and);
    }
  }

  private Result run(String path, List<Rule> rules, List<String> ids, Known known) {
    for (FunctionRef function : program.functionsIn(path)) {
      List<String> candidate =
          known.candidate(function).orElseGet(() -> candidate(function, rules, ids));
      for (String id : candidate) {
        Verdict verdict =
            known
                .verdict(id, function)
                .orElseGet(() -> judge(rules.get(ids.indexOf(id)), function));
        add(id, verdict);
      }
    }
    return new Result(verdicts, failures);
  }

  private List<String> candidate(FunctionRef function, List<Rule> rules, List<String> ids) {
    FunctionRun.Candidates found = FunctionRun.candidates(function, rules, ids, program);
    failures.addAll(found.failures());
    return found.rules();
  }

  private Verdict judge(Rule rule, FunctionRef function) {
    try {
      return FunctionRun.verdict(rule, function, program);
    } catch (RuntimeException | StackOverflowError e) {
      failures.add(FunctionRun.failure(rule, function, program, e));
      return Verdict.NOTHING;
    }
  }
}
