// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.query.Queries;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules over all files that may have something for them, and what each of them said. */
final class RuleRun {
  private final Program program;
  private final ScanRequest request;
  private final List<EarlierVerdicts> earlier;
  private final Set<String> failures = new TreeSet<>();
  private final Map<String, List<Verdict>> verdicts = new TreeMap<>();

  /** The files of which nothing was known, and who was asked about each. */
  private final SortedMap<String, List<Rule>> fresh = new TreeMap<>();

  /** A file, and the rules for which it may have something, in their order. */
  private record Task(String path, List<Rule> rules) {}

  /**
   * @param earlier what is known of earlier states of the tree
   */
  RuleRun(Program program, ScanRequest request, List<EarlierVerdicts> earlier) {
    this.program = program;
    this.request = request;
    this.earlier = List.copyOf(earlier);
  }

  /** Runs the rules; the verdicts are in their order, and within the request. */
  List<Verdict> run(List<Rule> rules, Workers workers, Progress progress, Cancellation cancellation)
      throws CancelledException {
    List<Task> tasks = tasks(rules, workers, cancellation);
    workers.run(
        tasks.size(),
        n -> {
          add(result(tasks.get(n)));
          progress.at(Progress.Phase.RULES, n + 1, tasks.size());
        },
        cancellation);
    return rules.stream().map(this::verdict).toList();
  }

  private FileRun.Result result(Task task) {
    for (EarlierVerdicts state : earlier) {
      Optional<FileRun.Result> known = state.result(task.path(), task.rules(), program);
      if (known.isPresent()) {
        return known.get();
      }
    }
    synchronized (this) {
      fresh.put(task.path(), task.rules());
    }
    return FileRun.of(task.path(), task.rules(), program);
  }

  private synchronized void add(FileRun.Result result) {
    result
        .verdicts()
        .forEach((rule, v) -> verdicts.computeIfAbsent(rule, r -> new ArrayList<>()).add(v));
    failures.addAll(result.failures());
  }

  private Verdict verdict(Rule rule) {
    return Verdict.of(verdicts.getOrDefault(rule.info().id(), List.of())).within(request);
  }

  /** The files within the request, in path order, and who is asked about each. */
  private List<Task> tasks(List<Rule> rules, Workers workers, Cancellation cancellation)
      throws CancelledException {
    SortedMap<String, List<Rule>> byFile = new TreeMap<>();
    if (!request.paths().isEmpty()) {
      for (String path : program.paths(request.paths())) {
        byFile.put(path, rules.stream().filter(r -> asks(r, path)).toList());
      }
      return tasks(byFile);
    }
    List<Optional<Collection<String>>> files = new ArrayList<>();
    rules.forEach(r -> files.add(Optional.empty()));
    workers.run(rules.size(), n -> files.set(n, files(rules.get(n))), cancellation);
    for (int i = 0; i < rules.size(); i++) {
      for (String path : files.get(i).orElse(List.of())) {
        byFile.computeIfAbsent(path, p -> new ArrayList<>()).add(rules.get(i));
      }
    }
    return tasks(byFile);
  }

  private static List<Task> tasks(SortedMap<String, List<Rule>> byFile) {
    List<Task> tasks = new ArrayList<>(byFile.size());
    byFile.forEach((path, rules) -> tasks.add(new Task(path, rules)));
    return tasks;
  }

  /** Whether a rule is to be asked about a file: where that is not known, it is. */
  private boolean asks(Rule rule, String path) {
    return earlier.stream().flatMap(e -> e.asks(rule, path).stream()).findFirst().orElse(true);
  }

  /** A rule that crashes while it looks for files is asked about none. */
  private Optional<Collection<String>> files(Rule rule) {
    try {
      Optional<Collection<String>> known =
          earlier.stream().flatMap(e -> e.files(rule).stream()).findFirst();
      return known.isPresent() ? known : Optional.of(found(rule));
    } catch (RuntimeException | StackOverflowError e) {
      StackTraceElement[] trace = e.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      synchronized (this) {
        failures.add(rule.info().id() + " while looking for candidates: " + e + where);
      }
      return Optional.empty();
    }
  }

  private Collection<String> found(Rule rule) {
    return program.memo(whereabouts(rule), () -> List.copyOf(rule.files(program)));
  }

  /** The key under which the program remembers where a rule looks. */
  private static Object whereabouts(Rule rule) {
    return List.of("RuleRun.files", rule.info().id());
  }

  /**
   * What a run looked at of which nothing was known, and what that hangs on; of a program that
   * takes notes of that.
   *
   * @param builds the name of what the files of the build are
   */
  JudgedFiles judged(List<Rule> rules, String builds) {
    boolean isWhole = request.paths().isEmpty() && earlier.isEmpty();
    List<Object> keys = new ArrayList<>();
    if (isWhole) {
      rules.forEach(rule -> keys.add(whereabouts(rule)));
    }
    SortedMap<String, JudgedFiles.Judged> files = new TreeMap<>();
    fresh.forEach(
        (path, of) -> {
          List<Integer> places = of.stream().map(r -> rules.indexOf(r)).toList();
          files.put(path, judged(path, places, rules, keys));
        });
    Queries.Noted noted = program.reuse().footprints(keys);
    return new JudgedFiles(
        isWhole,
        rules.stream().map(r -> r.info().id()).toList(),
        files,
        noted.footprints(),
        builds,
        program.lockTable().isPresent(),
        Lazy.of(() -> SettledValues.of(noted.settled())));
  }

  /** Whether something was looked at of which nothing was known. */
  boolean isFresh() {
    return !fresh.isEmpty();
  }

  /**
   * What was said of the functions of a file.
   *
   * @param places of the rules that were asked
   * @param keys is given the answers, in order
   */
  private JudgedFiles.Judged judged(
      String path, List<Integer> places, List<Rule> rules, List<Object> keys) {
    List<Rule> of = places.stream().map(i -> rules.get(i)).toList();
    List<String> ids = of.stream().map(r -> r.info().id()).toList();
    int firstGroup = keys.size();
    List<CandidateGroups.Asks> groups = CandidateGroups.asks(path, ids, program);
    keys.addAll(groups);
    List<JudgedFiles.JudgedFunction> functions = new ArrayList<>();
    CandidateGroups.in(path, of, ids, program)
        .forEach(
            (function, found) -> {
              List<JudgedFiles.Said> said = new ArrayList<>(1);
              for (String id : found.rules()) {
                Rule rule = of.get(ids.indexOf(id));
                Verdict verdict = FunctionRun.verdict(rule, function, program);
                said.add(new JudgedFiles.Said(places.get(ids.indexOf(id)), keys.size(), verdict));
                keys.add(new FunctionRun.Asks(id, function));
              }
              functions.add(new JudgedFiles.JudgedFunction(program.key(function), said));
            });
    return new JudgedFiles.Judged(
        places, firstGroup, new CandidateGroups(groups.size()), functions);
  }

  /** Crashes, one line each. */
  List<String> failures() {
    return List.copyOf(failures);
  }
}
