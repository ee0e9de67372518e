// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Moves;
import dev.pinion.analyzer.link.OwnInputs;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Since;
import dev.pinion.analyzer.query.Footprints;
import dev.pinion.analyzer.query.Standing;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What rules said of an earlier state of a tree, as far as it still holds: where nothing that it
 * hangs on has changed since.
 */
final class EarlierVerdicts {
  private final JudgedFiles judged;
  private final Standing standing;
  private final Set<Integer> changed;
  private final Map<String, Moves> moves;
  private final Lazy<List<List<String>>> whereabouts = Lazy.of(this::findWhereabouts);
  private final Lazy<Map<Long, Footprints.Settled>> settled = Lazy.of(this::findSettled);
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param since what has become another since
   * @param program the tree as it is now
   */
  EarlierVerdicts(JudgedFiles judged, Since since, Program program) {
    this.judged = judged;
    this.moves = since.moves();
    this.changed = since.numbers();
    this.standing =
        new Standing(
            judged.footprints(), changed, settled -> program.reuse().isSame(settled, moves));
  }

  private Map<Long, Footprints.Settled> findSettled() {
    Map<Long, Footprints.Settled> all = new HashMap<>();
    judged.footprints().settled().forEach(s -> all.put(s.name(), s));
    return all;
  }

  /** Where a rule looks, if that still holds. */
  Optional<Collection<String>> files(Rule rule) {
    int place = judged.rules().indexOf(rule.info().id());
    if (place < 0 || !judged.isWhole() || !standing.holds(place)) {
      return Optional.empty();
    }
    return Optional.of(whereabouts.get().get(place));
  }

  /** The files about which each rule was asked, by its place, in path order. */
  private List<List<String>> findWhereabouts() {
    List<List<String>> all = new ArrayList<>();
    judged.rules().forEach(rule -> all.add(new ArrayList<>()));
    judged.files().forEach((path, file) -> file.asked().forEach(place -> all.get(place).add(path)));
    return all;
  }

  /** Whether a rule was asked about a file, if that still tells whether it is to be asked. */
  Optional<Boolean> asks(Rule rule, String path) {
    int place = judged.rules().indexOf(rule.info().id());
    return place < 0 || !judged.isWhole() || !standing.holds(place)
        ? Optional.empty()
        : Optional.of(
            Optional.ofNullable(judged.files().get(path))
                .filter(f -> f.asked().contains(place))
                .isPresent());
  }

  /**
   * What these rules say of a file, if they were asked: what was said where that still holds, and
   * what they say now of all other functions.
   */
  Optional<FileRun.Result> result(String path, List<Rule> rules, Program program) {
    return Optional.ofNullable(judged.files().get(path))
        .filter(f -> areAsked(f, rules))
        .map(
            f ->
                unchanged(path, f)
                    .orElseGet(() -> FileRun.of(path, rules, new OfFile(f, program), program)));
  }

  /** The value of a settled answer that is known by a name, if it is what it was. */
  Optional<Object> settled(long name) {
    return Optional.ofNullable(settled.get().get(name))
        .filter(standing::holds)
        .flatMap(s -> judged.settled().get().find(name, moves));
  }

  /** Whether this is what was said then. */
  @SuppressWarnings("ReferenceEquality") // It is large, and there is one of it.
  boolean isOf(JudgedFiles files) {
    return judged == files;
  }

  /** How many questions about functions were open again. */
  int open() {
    return open.get();
  }

  private <T> Optional<T> counted(Optional<T> answer) {
    if (answer.isEmpty()) {
      open.incrementAndGet();
    }
    return answer;
  }

  private boolean areAsked(JudgedFiles.Judged file, List<Rule> rules) {
    int i = 0;
    for (int place : file.asked()) {
      if (i == rules.size() || !rules.get(i++).info().id().equals(judged.rules().get(place))) {
        return false;
      }
    }
    return i == rules.size();
  }

  /** What was said of a file that is the same, if all of it still holds. */
  private Optional<FileRun.Result> unchanged(String path, JudgedFiles.Judged file) {
    if (moves.containsKey(path)) {
      return Optional.empty();
    }
    SortedMap<String, Verdict> all = new TreeMap<>();
    int end = file.firstGroup() + file.groups().count();
    for (int group = file.firstGroup(); group < end; group++) {
      if (!standing.holds(group)) {
        return Optional.empty();
      }
    }
    for (JudgedFiles.JudgedFunction function : file.functions()) {
      for (JudgedFiles.Said said : function.said()) {
        Optional<Verdict> verdict = verdict(said);
        if (verdict.isEmpty()) {
          return Optional.empty();
        }
        if (!verdict.get().isEmpty()) {
          all.merge(judged.rules().get(said.rule()), verdict.get(), Verdict::and);
        }
      }
    }
    return Optional.of(new FileRun.Result(all, List.of()));
  }

  /** What was said, if that still holds and it is sure of each place where it is now. */
  private Optional<Verdict> verdict(JudgedFiles.Said said) {
    return !standing.holds(said.answer())
        ? Optional.empty()
        : moves.isEmpty() || said.verdict().isEmpty()
            ? Optional.of(said.verdict())
            : MovedVerdict.of(said.verdict(), this::place);
  }

  /** Where a place is now. */
  private Optional<Location> place(Location before) {
    Moves moved = moves.get(before.file());
    return moved == null
        ? Optional.of(before)
        : moved.line(before.line()).map(line -> new Location(before.file(), line, before.column()));
  }

  /** What still holds of one file's functions. */
  private final class OfFile implements FileRun.Known {
    private final JudgedFiles.Judged file;
    private final Program program;
    private final Map<String, JudgedFiles.JudgedFunction> functions = new HashMap<>();

    OfFile(JudgedFiles.Judged file, Program program) {
      this.file = file;
      this.program = program;
      file.functions().forEach(f -> functions.put(f.key(), f));
    }

    @Override
    public Optional<List<String>> candidate(FunctionRef function) {
      String key = program.key(function);
      if (!standing.holds(file.answer(key))
          || changed.contains(new OwnInputs(function.file(), key).all())) {
        return counted(Optional.empty());
      }
      JudgedFiles.JudgedFunction known = functions.get(key);
      return known == null
          ? Optional.of(List.of())
          : Optional.of(known.said().stream().map(s -> judged.rules().get(s.rule())).toList());
    }

    @Override
    public Optional<Verdict> verdict(String rule, FunctionRef function) {
      JudgedFiles.JudgedFunction known = functions.get(program.key(function));
      return known == null
          ? Optional.empty()
          : counted(
              known.said().stream()
                  .filter(s -> judged.rules().get(s.rule()).equals(rule))
                  .findFirst()
                  .flatMap(EarlierVerdicts.this::verdict));
    }
  }
}
