// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.link.Moves;
import dev.pinion.analyzer.link.Since;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What rules said of an earlier state of a tree, as far as it still holds: where nothing that it
 * hangs on has changed since.
 */
final class EarlierVerdicts {
  private final JudgedFiles judged;
  private final BitSet touched;
  private final Map<String, Moves> moves;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * @param since what has become another since
   */
  EarlierVerdicts(JudgedFiles judged, Since since) {
    this.judged = judged;
    this.moves = since.moves();
    this.touched = judged.footprints().touched(since.numbers());
    int rules = judged.rules().size();
    for (String path : judged.files().keySet()) {
      places.put(path, rules + places.size());
    }
  }

  /** Where a rule looks, if that still holds. */
  Optional<Collection<String>> files(Rule rule) {
    int place = judged.rules().indexOf(rule.info().id());
    if (place < 0 || touched.get(place)) {
      return Optional.empty();
    }
    Collection<String> files = new ArrayList<>();
    judged
        .files()
        .forEach(
            (path, file) -> {
              if (file.asked().contains(place)) {
                files.add(path);
              }
            });
    return Optional.of(files);
  }

  /** Whether a rule was asked about a file, if that still tells whether it is to be asked. */
  Optional<Boolean> asks(Rule rule, String path) {
    int place = judged.rules().indexOf(rule.info().id());
    return place < 0 || touched.get(place)
        ? Optional.empty()
        : Optional.of(
            Optional.ofNullable(judged.files().get(path))
                .filter(f -> f.asked().contains(place))
                .isPresent());
  }

  /** What these rules said of a file, if they were asked and it still holds. */
  Optional<FileRun.Result> result(String path, List<Rule> rules) {
    Integer place = places.get(path);
    return place == null || touched.get(place)
        ? Optional.empty()
        : Optional.ofNullable(judged.files().get(path))
            .filter(f -> ids(f.asked()).equals(rules.stream().map(r -> r.info().id()).toList()))
            .flatMap(this::result);
  }

  /** Empty if something stands in a place of which it is not sure where it is now. */
  private Optional<FileRun.Result> result(JudgedFiles.Judged file) {
    SortedMap<String, Verdict> said = new TreeMap<>();
    for (Map.Entry<Integer, Verdict> one : file.said().entrySet()) {
      Optional<Verdict> verdict =
          moves.isEmpty()
              ? Optional.of(one.getValue())
              : MovedVerdict.of(one.getValue(), this::place);
      if (verdict.isEmpty()) {
        return Optional.empty();
      }
      said.put(judged.rules().get(one.getKey()), verdict.get());
    }
    return Optional.of(new FileRun.Result(said, List.of()));
  }

  /** Where a place is now. */
  private Optional<Location> place(Location before) {
    Moves moved = moves.get(before.file());
    return moved == null
        ? Optional.of(before)
        : moved.line(before.line()).map(line -> new Location(before.file(), line, before.column()));
  }

  private List<String> ids(List<Integer> places) {
    return places.stream().map(p -> judged.rules().get(p)).toList();
  }
}
