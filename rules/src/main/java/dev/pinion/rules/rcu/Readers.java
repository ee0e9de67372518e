// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.TypedLock;
import java.util.List;
import java.util.Optional;

/** How readers are told of. */
final class Readers {
  private Readers() {}

  /** The remover's lock that keeps the reader out. */
  static Optional<TypedLock> exclusion(Context reader, Context remover) {
    return remover.locks().values().stream()
        .filter(l -> reader.locks().values().stream().anyMatch(r -> r.excludes(l)))
        .findFirst();
  }

  /** The readers of the node's list that no lock of the remover keeps out. */
  static List<RcuLists.Reader> live(Removal removal) {
    Program program = removal.program();
    Context remover = Contexts.of(program).at(removal.ref(), removal.call().position());
    return removal.readers().stream()
        .filter(r -> exclusion(r.context(), remover).isEmpty())
        .toList();
  }

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
