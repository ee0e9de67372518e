// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Some rules: those there are, or those a user wants.
 *
 * @param rules about states of a tree, sorted by id
 * @param patchRules about changes, sorted by id
 */
public record RuleSet(List<Rule> rules, List<PatchRule> patchRules) {
  public RuleSet {
    rules = List.copyOf(rules);
    patchRules = List.copyOf(patchRules);
  }

  /** Rules about states alone. */
  public RuleSet(List<Rule> rules) {
    this(rules, List.of());
  }

  /** All rules on the class path. */
  public static RuleSet load() {
    return new RuleSet(
        ServiceLoader.load(Rule.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(rule -> rule.info().id()))
            .toList(),
        ServiceLoader.load(PatchRule.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(rule -> rule.info().id()))
            .toList());
  }

  /** Those of them that a user wants; may be none. */
  public RuleSet select(RuleGlobs globs) {
    return new RuleSet(
        rules.stream().filter(r -> globs.includes(r.info().id())).toList(),
        patchRules.stream().filter(r -> globs.includes(r.info().id())).toList());
  }

  /**
   * These, and of {@code all} those that rules about changes listen to: what has to run so that
   * these can be judged.
   */
  public RuleSet withListenedTo(RuleSet all) {
    Set<String> needed = new TreeSet<>(ids());
    patchRules.forEach(rule -> needed.addAll(rule.listensTo()));
    return new RuleSet(
        all.rules.stream().filter(rule -> needed.contains(rule.info().id())).toList(), patchRules);
  }

  /** What they say of themselves, by id. */
  public List<RuleInfo> infos() {
    return Stream.concat(rules.stream().map(Rule::info), patchRules.stream().map(PatchRule::info))
        .sorted(Comparator.comparing(RuleInfo::id))
        .toList();
  }

  /** Their ids. */
  public List<String> ids() {
    return infos().stream().map(RuleInfo::id).toList();
  }

  /** What the rule with this id says of itself, if it is one of them. */
  public Optional<RuleInfo> find(String id) {
    return infos().stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /** The page of the rule with this id; empty if it is none of them or has none. */
  public Optional<RulePage> page(String id) {
    Optional<Class<?>> type =
        Stream.<Object>concat(rules.stream(), patchRules.stream())
            .filter(rule -> info(rule).id().equals(id))
            .findFirst()
            .map(Object::getClass);
    return type.flatMap(rule -> RulePage.load(rule, id));
  }

  private static RuleInfo info(Object rule) {
    return rule instanceof PatchRule patch ? patch.info() : ((Rule) rule).info();
  }
}
