// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;

/**
 * {@code list_del_init()} of a node that lockless readers walk: a reader on it goes round on the
 * node itself for ever; on an hlist, its walk ends early.
 */
@AutoService(Rule.class)
public final class DeleteInit extends RemovalRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-list-delete-init",
          Tier.WARNING,
          "a node that lockless readers walk is removed and re-initialised at once",
          Excuses.IDS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  boolean isAbout(ListUses.Use use) {
    return use.api().operation().equals("delete-init");
  }

  @Override
  String message(Removal removal) {
    String api = removal.use().api().name();
    String effect =
        api.startsWith("list_")
            ? ", which lockless readers walk: a reader on it loops for ever"
            : ", which lockless readers walk: a reader on it misses the rest of the list";
    return api + "() of '" + removal.field() + "'" + effect;
  }
}
