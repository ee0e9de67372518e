// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.link.Program;
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
  private final Optional<EarlierVerdicts> earlier;
  private final Set<String> failures = new TreeSet<>();
  private final Map<String, List<Verdict>> verdicts = new TreeMap<>();

  /** A file, and the rules for which it may have something, in their order. */
  private record Task(String path, List<Rule> rules) {}

  /**
   * @param earlier what is known of an earlier state of the tree
   */
  RuleRun(Program program, ScanRequest request, Optional<EarlierVerdicts> earlier) {
    this.program = program;
    this.request = request;
    this.earlier = earlier;
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
    return earlier
        .flatMap(e -> e.result(task.path(), task.rules()))
        .orElseGet(() -> FileRun.of(task.path(), task.rules(), program));
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
      for (String path : program.paths()) {
        if (request.covers(path)) {
          byFile.put(path, rules.stream().filter(r -> asks(r, path)).toList());
        }
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
    return earlier.flatMap(e -> e.asks(rule, path)).orElse(true);
  }

  /** A rule that crashes while it looks for files is asked about none. */
  private Optional<Collection<String>> files(Rule rule) {
    try {
      Optional<Collection<String>> known = earlier.flatMap(e -> e.files(rule));
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
   * What a run over the whole tree looked at, and what that hangs on; of a program that takes notes
   * of that, and a run that knew of no earlier state.
   */
  JudgedFiles judged(List<Rule> rules, String builds) {
    SortedMap<String, List<Integer>> asked = new TreeMap<>();
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      int place = i;
      keys.add(whereabouts(rules.get(i)));
      files(rules.get(i))
          .orElse(List.of())
          .forEach(path -> asked.computeIfAbsent(path, p -> new ArrayList<>(1)).add(place));
    }
    SortedMap<String, JudgedFiles.Judged> files = new TreeMap<>();
    asked.forEach(
        (path, places) -> {
          List<Rule> of = places.stream().map(i -> rules.get(i)).toList();
          keys.add(FileRun.question(path, of));
          Map<Integer, Verdict> said = new TreeMap<>();
          SortedMap<String, Verdict> found = FileRun.of(path, of, program).verdicts();
          places.forEach(
              i ->
                  Optional.ofNullable(found.get(rules.get(i).info().id()))
                      .ifPresent(v -> said.put(i, v)));
          files.put(path, new JudgedFiles.Judged(places, said));
        });
    return new JudgedFiles(
        rules.stream().map(r -> r.info().id()).toList(),
        files,
        program.footprints(keys),
        builds,
        program.lockTable().isPresent());
  }

  /** Crashes, one line each. */
  List<String> failures() {
    return List.copyOf(failures);
  }
}
