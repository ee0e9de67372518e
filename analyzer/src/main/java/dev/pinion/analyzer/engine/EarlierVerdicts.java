// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What rules said of an earlier state of a tree, as far as it still holds: where nothing that it
 * hangs on has changed since.
 */
final class EarlierVerdicts {
  private final JudgedFiles judged;
  private final BitSet touched;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * @param changed the numbers of all inputs that have become others since
   */
  EarlierVerdicts(JudgedFiles judged, Set<Integer> changed) {
    this.judged = judged;
    this.touched = judged.footprints().touched(changed);
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
            .map(this::result);
  }

  private FileRun.Result result(JudgedFiles.Judged file) {
    SortedMap<String, Verdict> said = new TreeMap<>();
    file.said().forEach((rule, verdict) -> said.put(judged.rules().get(rule), verdict));
    return new FileRun.Result(said, List.of());
  }

  private List<String> ids(List<Integer> places) {
    return places.stream().map(p -> judged.rules().get(p)).toList();
  }
}
