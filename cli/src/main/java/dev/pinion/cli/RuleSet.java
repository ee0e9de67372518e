// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleGlobs;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RulePage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The rules there are.
 *
 * @param rules sorted by id
 */
record RuleSet(List<Rule> rules) {
  RuleSet {
    rules = List.copyOf(rules);
  }

  /** All rules on the class path. */
  static RuleSet load() {
    return new RuleSet(
        ServiceLoader.load(Rule.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(rule -> rule.info().id()))
            .toList());
  }

  /**
   * The rules a user asked for.
   *
   * @throws BadInput if a pattern speaks of no rule, which is always a slip, or none is left
   */
  RuleSet select(List<String> patterns) throws BadInput {
    for (String pattern : patterns) {
      if (infos().stream().noneMatch(rule -> RuleGlobs.matches(pattern, rule.id()))) {
        throw new BadInput("--rule " + pattern + ": no such rule; `pinion rules` lists them");
      }
    }
    RuleGlobs globs = new RuleGlobs(patterns);
    List<Rule> selected = rules.stream().filter(r -> globs.includes(r.info().id())).toList();
    if (selected.isEmpty() && !patterns.isEmpty()) {
      throw new BadInput("--rule " + String.join(" --rule ", patterns) + ": leaves no rule to run");
    }
    return new RuleSet(selected);
  }

  List<RuleInfo> infos() {
    return rules.stream().map(Rule::info).toList();
  }

  List<String> ids() {
    return infos().stream().map(RuleInfo::id).toList();
  }

  Optional<Rule> find(String id) {
    return rules.stream().filter(rule -> rule.info().id().equals(id)).findFirst();
  }

  /** The page of a rule, if it has one. */
  Optional<RulePage> page(RuleInfo info) {
    return find(info.id()).flatMap(rule -> RulePage.load(rule.getClass(), info.id()));
  }
}
