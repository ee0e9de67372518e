// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Some rules: those there are, or those a user wants.
 *
 * @param rules sorted by id
 */
public record RuleSet(List<Rule> rules) {
  public RuleSet {
    rules = List.copyOf(rules);
  }

  /** All rules on the class path. */
  public static RuleSet load() {
    return new RuleSet(
        ServiceLoader.load(Rule.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(rule -> rule.info().id()))
            .toList());
  }

  /** Those of them that a user wants; may be none. */
  public RuleSet select(RuleGlobs globs) {
    return new RuleSet(rules.stream().filter(r -> globs.includes(r.info().id())).toList());
  }

  /** What they say of themselves. */
  public List<RuleInfo> infos() {
    return rules.stream().map(Rule::info).toList();
  }

  /** Their ids. */
  public List<String> ids() {
    return infos().stream().map(RuleInfo::id).toList();
  }

  /** The rule with this id, if it is one of them. */
  public Optional<Rule> find(String id) {
    return rules.stream().filter(rule -> rule.info().id().equals(id)).findFirst();
  }

  /** The page of the rule with this id; empty if it is none of them or has none. */
  public Optional<RulePage> page(String id) {
    return find(id).flatMap(rule -> RulePage.load(rule.getClass(), id));
  }
}
