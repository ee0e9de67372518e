// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.TypedLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Those who change the lists that a walk may be on, and the locks by which they can be kept out.
 *
 * @param all the updates, in path order
 */
record Updaters(Program program, List<ListUses.Use> all) {
  Updaters {
    all = List.copyOf(all);
  }

  /** Those who take nodes away. */
  static Updaters removing(Program program, FieldRef field, ListUses.Use walk) {
    return doing(program, field, walk, "delete", "delete-init", "move", "replace");
  }

  /** Those who put nodes on as well. */
  static Updaters of(Program program, FieldRef field, ListUses.Use walk) {
    return doing(program, field, walk, "insert", "delete", "delete-init", "move", "replace");
  }

  private static Updaters doing(
      Program program, FieldRef field, ListUses.Use walk, String... operations) {
    return new Updaters(
        program,
        RcuLists.of(program).uses(field).stream()
            .filter(u -> u.api().does("list", operations))
            .filter(u -> ListUses.of(program).mayBeOneList(u, walk))
            .toList());
  }

  /** The others. */
  Updaters without(ListUses.Use update) {
    return new Updaters(program, all.stream().filter(u -> !u.equals(update)).toList());
  }

  Context context(ListUses.Use update) {
    return Contexts.of(program).at(update.function(), update.operation().position());
  }

  /** The proof that locks which are held in that context keep all of them out. */
  Optional<List<Related>> keptOut(Context reader) {
    List<Related> proof = new ArrayList<>();
    for (ListUses.Use update : all) {
      Optional<TypedLock> lock =
          reader.locks().isEmpty() ? Optional.empty() : Readers.exclusion(reader, context(update));
      if (lock.isEmpty()) {
        return Optional.empty();
      }
      if (proof.isEmpty()) {
        proof.add(
            new Related(
                update.location(),
                update.function().name() + "() changes the list under " + lock.get().identity()));
      }
    }
    return Optional.of(proof);
  }

  /** All locks that some of them surely holds. */
  SortedSet<String> locks() {
    SortedSet<String> locks = new TreeSet<>();
    all.forEach(u -> locks.addAll(context(u).locks().keySet()));
    return locks;
  }
}
