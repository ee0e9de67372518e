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
 * {@code list_move()}, {@code list_splice()} and plain {@code list_replace()} under lockless
 * readers: a reader on the node goes on in the other list and never comes to its own list's end.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, item 4c.
 */
@AutoService(Rule.class)
public final class PlainMove extends UpdateRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-list-plain-move",
          Tier.LATENT,
          "nodes that lockless readers walk are moved to another list or replaced by a plain"
              + " primitive",
          Excuses.IDS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  boolean isAbout(Api api) {
    return api.does("list", "move", "replace", "splice") && !api.is("rcu");
  }

  @Override
  String message(Update update) {
    Api api = update.use().api();
    String effect =
        switch (api.operation()) {
          case "move" -> ", which lockless readers walk: a reader on it goes on in the other list";
          case "replace" -> ", which lockless readers walk: they may meet a new node half made";
          default -> ", which lockless readers walk: a reader goes on in the other list";
        };
    String what = update.isOfWholeList() ? "() of a list of '" : "() of '";
    return "plain " + api.name() + what + update.field() + "'" + effect;
  }

  @Override
  Optional<Fix> advice(Update update) {
    return Optional.of(
        switch (update.use().api().operation()) {
          case "move" ->
              Fix.remark(
                  "use list_del_rcu() and list_add_rcu()",
                  "a grace period has to pass between the two");
          case "splice" ->
              Fix.remark(
                  "use list_splice_init_rcu()",
                  "it waits for a grace period by the function that it is given, and so sleeps");
          default ->
              Fix.remark(
                  "use list_replace_rcu()",
                  "a grace period has to come before the old node is freed or used again, and the"
                      + " new one has to be complete by then");
        });
  }
}
