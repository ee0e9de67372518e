// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a reader that is carried along with a node is lost. It is where lists are circular and
 * the other one is another: it then never meets the head it began with. In the same list it only
 * skips nodes or meets them twice, and a list that ends with NULL ends for it too.
 */
final class Relisting {
  private Relisting() {}

  /** What speaks against it, as the last line of a story. */
  static Optional<Related> doubt(Update insertion, Update removal) {
    if (!insertion.isOfCircularList()) {
      return latent(
          insertion, "the list ends where its nodes do: a reader misses some and comes to an end");
    }
    Program program = insertion.program();
    Optional<Set<String>> to = NodeOrigins.of(insertion).headNames();
    Optional<Set<String>> from =
        NodeOrigins.of(removal)
            .headNames()
            .or(() -> NodeOrigins.before(insertion).headNames())
            .or(() -> elsewhere(program, insertion));
    if (to.isEmpty() || from.isEmpty()) {
      return latent(insertion, "whether both are the same list is not known");
    }
    return Collections.disjoint(to.get(), from.get())
        ? Optional.empty()
        : latent(insertion, "it may be the same list: a reader skips nodes or meets them twice");
  }

  /** The lists onto which other functions put such nodes: on one of those it has been. */
  private static Optional<Set<String>> elsewhere(Program program, Update insertion) {
    Set<String> names = new TreeSet<>();
    for (ListUses.Use use : RcuLists.of(program).uses(insertion.field())) {
      if (use.api().operation().equals("insert") && !use.function().equals(insertion.ref())) {
        Optional<Set<String>> some = Heads.of(program).names(use);
        if (some.isEmpty()) {
          return some;
        }
        names.addAll(some.get());
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  private static Optional<Related> latent(Update insertion, String why) {
    return Optional.of(new Related(insertion.location(), "latent only: " + why));
  }
}
