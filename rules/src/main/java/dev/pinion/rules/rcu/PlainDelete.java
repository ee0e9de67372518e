// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.Optional;

/**
 * {@code list_del()} of a node that lockless readers walk: it poisons the reader's next pointer.
 */
@AutoService(Rule.class)
public final class PlainDelete extends UpdateRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-list-plain-delete",
          Tier.WARNING,
          "a node that lockless readers walk is removed by a plain delete",
          Excuses.IDS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  boolean isAbout(Api api) {
    return api.operation().equals("delete") && !api.is("unlink");
  }

  @Override
  String message(Update update) {
    return "plain "
        + update.use().api().name()
        + "() of '"
        + update.field()
        + "', which lockless readers walk";
  }

  @Override
  Optional<String> effect(Update update) {
    return Optional.of("a reader that stands on it goes on to a poisoned pointer");
  }
}
