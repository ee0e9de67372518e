// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.atlas;

import dev.pinion.analyzer.atlas.Holding;
import dev.pinion.analyzer.atlas.Holding.Ways;
import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.link.TypedLock;
import java.util.ArrayList;
import java.util.List;

/** What holds, in words. */
final class Holdings {
  private Holdings() {}

  /** {@code holds rtnl_mutex; inside rcu}, with where each was taken. */
  static String describe(Holding holding, Page page) {
    List<String> locks = new ArrayList<>();
    for (TypedLock lock : holding.locks()) {
      String shared = lock.mode() == HeldLock.Mode.SHARED ? "shared, " : "";
      locks.add(lock.identity() + " (" + shared + page.at(lock.where()) + ")");
    }
    List<String> sections = new ArrayList<>();
    for (Holding.OpenSection section : holding.sections()) {
      sections.add(section.flavour() + " (" + page.at(section.where()) + ")");
    }
    List<String> parts = new ArrayList<>();
    if (!locks.isEmpty()) {
      parts.add("holds " + String.join(", ", locks));
    }
    if (!sections.isEmpty()) {
      parts.add("inside " + String.join(", ", sections));
    }
    if (!parts.isEmpty()) {
      return String.join("; ", parts);
    }
    return holding.ways() == Ways.ALL_KNOWN
        ? "holds nothing"
        : "holds nothing for sure: not every way here is known";
  }
}
