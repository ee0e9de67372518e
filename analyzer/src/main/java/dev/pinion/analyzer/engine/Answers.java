// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.source.SourceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of one scan's result: what is remembered of them, and what had to be found out. */
final class Answers {
  private final Optional<ScanMemory.Page> page;
  private final ScanRequest request;
  private final SortedMap<Rule, Verdict> verdicts =
      new TreeMap<>(Comparator.comparing((Rule rule) -> rule.info().id()));
  private final List<Rule> open = new ArrayList<>();
  private Optional<Ledger> ledger;

  private Answers(Optional<ScanMemory.Page> page, ScanRequest request) {
    this.page = page;
    this.request = request;
    this.ledger = page.flatMap(ScanMemory.Page::ledger);
  }

  /** Nothing of what the request asks of these rules; of what comes nothing will be kept. */
  static Answers none(ScanRequest request, List<Rule> rules) {
    Answers answers = new Answers(Optional.empty(), request);
    answers.open.addAll(rules);
    return answers;
  }

  /** What is remembered of what the request asks of these rules. */
  static Answers recall(ScanMemory.Page page, ScanRequest request, List<Rule> rules) {
    Answers answers = new Answers(Optional.of(page), request);
    for (Rule rule : rules) {
      page.verdict(rule, request)
          .ifPresentOrElse(v -> answers.verdicts.put(rule, v), () -> answers.open.add(rule));
    }
    return answers;
  }

  /** Whether nothing is left to find out. */
  boolean areComplete() {
    return ledger.isPresent() && open.isEmpty();
  }

  /** The rules whose verdict is not known yet. */
  List<Rule> open() {
    return List.copyOf(open);
  }

  /** Adds the verdicts of the {@linkplain #open open} rules, in their order, and the ledger. */
  void add(List<Verdict> found, Ledger counted) {
    for (int i = 0; i < open.size(); i++) {
      verdicts.put(open.get(i), found.get(i));
    }
    ledger = Optional.of(counted);
  }

  /** Keeps what was added, for whoever asks the same of the same listing. */
  void keep() {
    verdicts.forEach(
        (rule, verdict) -> {
          if (open.contains(rule)) {
            page.ifPresent(p -> p.keep(verdict, rule, request));
          }
        });
    ledger.ifPresent(known -> page.ifPresent(p -> p.keep(known)));
  }

  /**
   * The result as a whole; findings get their identity here.
   *
   * @param lines that were read before; more may be added
   */
  ScanResult result(SourceTree tree, List<String> failures, Map<Fingerprints.Line, String> lines) {
    return new ScanResult(
        new Fingerprints(tree, lines)
            .identify(
                verdicts.values().stream().flatMap(v -> v.findings().stream()).sorted().toList()),
        verdicts.values().stream().flatMap(v -> v.excused().stream()).sorted().toList(),
        ledger
            .orElseThrow()
            .coverage(
                request, verdicts.values().stream().flatMap(v -> v.unjudged().stream()).toList()),
        failures);
  }
}
