// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The contract of each list that readers walk without a lock, inferred tree-wide: who inserts, who
 * removes, who reads and what the readers hold meanwhile.
 */
public final class RcuLists {
  private final Program program;
  private final ListUses uses;

  private RcuLists(Program program) {
    this.program = program;
    this.uses = ListUses.of(program);
  }

  public static RcuLists of(Program program) {
    return program.memo(RcuLists.class, () -> new RcuLists(program));
  }

  /**
   * A walk with an RCU iterator.
   *
   * @param context the locks and sections surely around it
   */
  public record Reader(ListUses.Use use, Context context) {}

  /** The node fields that are walked with RCU iterators. */
  public List<FieldRef> contracts() {
    return program.settled("RcuLists.contracts", uses::locklesslyRead);
  }

  /** Whether nodes of that field are walked with RCU iterators. */
  public boolean isContract(FieldRef field) {
    return uses.isLocklesslyRead(field);
  }

  /** Whether nodes are walked with RCU iterators that a struct is, by whichever of its members. */
  public boolean isNode(String owner) {
    return uses.isLocklesslyRead(owner);
  }

  /** All uses of a node field. */
  public List<ListUses.Use> uses(FieldRef field) {
    return uses.of(field);
  }

  /** The struct and field of the node a use works on. */
  public Optional<FieldRef> nodeField(ListUses.Use use) {
    return uses.nodeField(use);
  }

  /** The walks of a contract, with what surely holds around each; computed once. */
  public List<Reader> readers(FieldRef field) {
    return program.memo(
        List.of("readers", field),
        () ->
            uses.locklessReads(field).stream()
                .map(
                    u ->
                        new Reader(
                            u, Contexts.of(program).at(u.function(), u.operation().position())))
                .toList());
  }

  /**
   * What kinds of readers walk by that field: of what is known of their sections, or else what
   * their iterators say.
   */
  public Set<Flavour> flavours(FieldRef field) {
    return program.memo(
        List.of("flavours", field),
        () -> {
          Set<Flavour> open = new HashSet<>();
          boolean iteratorsOfSrcu = true;
          for (Reader reader : readers(field)) {
            reader.context().sections().keySet().forEach(s -> open.add(Flavour.ofSection(s)));
            iteratorsOfSrcu &= reader.use().api().is("srcu");
          }
          if (open.isEmpty()) {
            open.add(iteratorsOfSrcu ? Flavour.ANY_SRCU : Flavour.RCU);
          }
          return Set.copyOf(open);
        });
  }

  /**
   * Where nodes of that field are put on a list: with an RCU primitive if there is such a place,
   * and as near to {@code function} as there is one: in it, in its file, elsewhere.
   */
  public Optional<ListUses.Use> insertion(FieldRef field, FunctionRef function) {
    return uses.of(field).stream()
        .filter(u -> u.api().does("list", "insert", "replace"))
        .min(
            Comparator.comparing((ListUses.Use u) -> u.api().is("rcu") ? 0 : 1)
                .thenComparing(u -> distance(u.function(), function)));
  }

  private static int distance(FunctionRef from, FunctionRef to) {
    return from.equals(to) ? 0 : from.file().equals(to.file()) ? 1 : 2;
  }

  /** Whether any update of that field uses an RCU primitive; if not, it is the reader that errs. */
  public boolean isUpdatedUnderRcu(FieldRef field) {
    return uses.of(field).stream()
        .anyMatch(
            u ->
                u.api().is("rcu") && u.api().does("list", "insert", "replace", "delete", "splice"));
  }

  /**
   * The heads of the lists that lockless readers walk by that field.
   *
   * @return names as {@link Heads} gives them; empty if any of them is unknown
   */
  public Optional<Set<String>> publishedHeads(FieldRef field) {
    return program.memo(List.of("heads", field), () -> findPublishedHeads(field));
  }

  private Optional<Set<String>> findPublishedHeads(FieldRef field) {
    Set<String> heads = new TreeSet<>();
    for (ListUses.Use use : uses.of(field)) {
      boolean publishes = use.api().is("rcu") && use.api().does("list", "insert");
      if (!publishes && !use.isLocklessRead()) {
        continue;
      }
      if (use.api().argument("head") < 0) {
        continue;
      }
      Optional<Set<String>> names = Heads.of(program).names(use);
      if (names.isEmpty()) {
        return Optional.empty();
      }
      heads.addAll(names.get());
    }
    return Optional.of(heads);
  }
}
