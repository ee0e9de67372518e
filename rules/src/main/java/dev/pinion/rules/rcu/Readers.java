// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.TypedLock;
import java.util.List;
import java.util.Optional;

/** How readers are told of. */
final class Readers {
  private Readers() {}

  /** The updater's lock that keeps the reader out. */
  static Optional<TypedLock> exclusion(Context reader, Context remover) {
    return remover.locks().values().stream()
        .filter(l -> reader.locks().values().stream().anyMatch(r -> r.excludes(l)))
        .findFirst();
  }

  /** The readers of the node's list that no lock of the updater keeps out. */
  static List<RcuLists.Reader> live(Update update) {
    Program program = update.program();
    Context remover = Contexts.of(program).at(update.ref(), update.call().position());
    return update.readers().stream()
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

  /** One line: where nodes get onto the list. */
  static Optional<Related> insertion(FieldRef field, FunctionRef near, RcuLists lists) {
    return lists
        .insertion(field, near)
        .map(
            i ->
                new Related(
                    i.location(),
                    i.function().name()
                        + (i.api().is("rcu") ? "() publishes nodes with " : "() adds nodes with ")
                        + i.api().name()
                        + "()"));
  }

  /**
   * One line: who walks, and what is known to protect the walk.
   *
   * @param otherwise what to say if it is not inside a section on all ways
   */
  static String describe(RcuLists.Reader reader, String otherwise) {
    return reader.use().function().name()
        + "() walks the list with "
        + reader.use().api().name()
        + "()"
        + section(reader, otherwise);
  }

  /** One line: where the reader's section is entered, if that is known and is not the walk. */
  static Optional<Related> sectionBegins(RcuLists.Reader reader) {
    return reader.context().sections().values().stream()
        .findFirst()
        .filter(l -> !l.equals(reader.use().location()))
        .map(
            l ->
                new Related(
                    l,
                    "the section in which "
                        + reader.use().function().name()
                        + "() walks begins here"));
  }

  private static String section(RcuLists.Reader reader, String otherwise) {
    return reader.context().sections().keySet().stream()
        .findFirst()
        .map(
            s ->
                s.startsWith("srcu:")
                    ? " inside an SRCU read-side critical section ("
                        + AccessPath.spelled(s.substring(5))
                        + ")"
                    : " inside an RCU read-side critical section")
        .orElse(otherwise);
  }
}
