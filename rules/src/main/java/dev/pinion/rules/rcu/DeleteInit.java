// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.Optional;

/**
 * {@code list_del_init()} of a node that lockless readers walk: a reader on it goes round on the
 * node itself for ever; on an hlist, its walk ends early.
 */
@AutoService(Rule.class)
public final class DeleteInit extends UpdateRule {
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
  boolean isAbout(Api api) {
    return api.operation().equals("delete-init");
  }

  @Override
  String message(Update update) {
    String api = update.use().api().name();
    String effect =
        update.isOfCircularList()
            ? ", which lockless readers walk: a reader on it loops for ever"
            : ", which lockless readers walk: a reader on it misses the rest of the list";
    return api + "() of '" + update.field() + "'" + effect;
  }

  @Override
  Optional<String> effect(Update update) {
    return update.isOfCircularList()
        ? Optional.of(
            "its next is the node itself from here on, and no reader on it meets the head")
        : Optional.of("its next is NULL from here on, where a reader on it stops");
  }

  /** Whoever tests or removes the node again later relies on its being initialised. */
  @Override
  Optional<Fix> advice(Update update) {
    return update.isOfCircularList()
        ? Optional.of(
            Fix.remark(
                "use list_del_rcu()",
                "a grace period has to come before the node is freed or used again, and after it"
                    + " INIT_LIST_HEAD() wherever the node is tested with list_empty() or removed a"
                    + " second time"))
        : Optional.empty();
  }
}
