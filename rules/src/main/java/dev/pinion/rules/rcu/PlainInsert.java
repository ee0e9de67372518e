// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;

/**
 * {@code list_add()} to a list that lockless readers walk: nothing orders the stores that make the
 * node before the one that publishes it.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, item 4b.
 */
@AutoService(Rule.class)
public final class PlainInsert extends UpdateRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-list-plain-insert",
          Tier.WARNING,
          "a node is put on a list that lockless readers walk by a plain insertion",
          Excuses.IDS_OF_INSERTIONS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  boolean isAbout(Api api) {
    return api.does("list", "insert") && !api.is("rcu");
  }

  @Override
  String message(Update update) {
    return "plain "
        + update.use().api().name()
        + "() of '"
        + update.field()
        + "' to a list that lockless readers walk: they may meet the node half made";
  }
}
