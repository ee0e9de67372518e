// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.TextEdit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The same list operation for a list that readers walk without a lock: {@code list_add_rcu} for
 * {@code list_add}. The model names it only where it takes the same arguments and means the same to
 * everybody but those readers, so that it may simply take the other's place.
 *
 * @param header that declares it
 */
record Twin(String name, String header) {

  /** The twin of an operation, if it has one. */
  static Optional<Twin> of(Api api) {
    String name = api.texts().getOrDefault("twin", "");
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Twin(name, api.texts().getOrDefault("from", "")));
  }

  /**
   * The fix that puts it there.
   *
   * @param obstacle what has to be done besides, if anything; then there is no edit
   */
  Fix instead(Program program, ListUses.Use use, Supplier<Optional<String>> obstacle) {
    String title = "use " + name + "()";
    Optional<String> needs =
        obstacle
            .get()
            .or(
                () ->
                    new Headers(program, use.function().file())
                        .missing(name, use.api().name(), header));
    return needs.isPresent()
        ? Fix.remark(title, needs.get())
        : Fix.complete(title, List.of(new TextEdit(use.location(), use.api().name(), name)));
  }
}
