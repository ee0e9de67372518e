// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.link.RcuLists;
import java.util.List;

/** How readers are told of. */
final class Readers {
  private Readers() {}

  /** The reader whose read-side section is known, if there is one; else the first. */
  static RcuLists.Reader surest(List<RcuLists.Reader> readers) {
    return readers.stream()
        .filter(r -> r.context().inSection() && r.context().locks().isEmpty())
        .findFirst()
        .or(() -> readers.stream().filter(r -> r.context().inSection()).findFirst())
        .orElse(readers.get(0));
  }

  /** One line: who walks, and what is known to protect the walk. */
  static String describe(RcuLists.Reader reader) {
    String how =
        reader.context().inSection()
            ? " inside a read-side critical section"
            : " (its read-side section is not in sight)";
    return reader.use().function().name()
        + "() walks the list with "
        + reader.use().api().name()
        + "()"
        + how;
  }
}
