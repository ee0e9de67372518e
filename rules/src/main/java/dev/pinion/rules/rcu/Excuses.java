// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.LastReference;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.rule.Excuse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What excuses changing a list without the {@code _rcu} primitive. Each excuse is proved or not
 * given; the first that holds is told.
 */
final class Excuses {
  static final List<String> IDS =
      List.of(
          "in-rcu-callback",
          "private-list",
          "not-published",
          "after-grace-period",
          "last-reference-gone",
          "no-lockless-reader",
          "reader-excluded-by-lock");

  /** Those that may be given for a node that is put on a list. */
  static final List<String> IDS_OF_INSERTIONS =
      IDS.stream().filter(id -> !id.equals("in-rcu-callback")).toList();

  private final Program program;
  private final Update update;

  Excuses(Update update) {
    this.update = update;
    this.program = update.program();
  }

  Optional<Excuse> first() {
    return inRcuCallback()
        .or(this::privateList)
        .or(this::notPublished)
        .or(this::afterGracePeriod)
        .or(this::lastReferenceGone)
        .or(this::readersExcluded);
  }

  /** What was taken off before a grace period, readers have left; what is put on, they meet. */
  private Optional<Excuse> inRcuCallback() {
    return update.adds() ? Optional.empty() : InRcuCallback.of(program, update.ref());
  }

  /** The node is met on a list that no lockless reader walks, though it uses the same field. */
  private Optional<Excuse> privateList() {
    NodeOrigins origins = NodeOrigins.of(update);
    Optional<Set<String>> names = origins.headNames();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    NodeOrigin origin = origins.first().orElseThrow();
    Related walk =
        new Related(
            origin.location(),
            "the node comes from the list '" + AccessPath.spelled(origin.head().toString()) + "'");
    if (names.get().equals(Set.of(Heads.LOCAL))) {
      return MovedHere.onto(update, origin).isPresent()
          ? Optional.empty()
          : Optional.of(
              new Excuse("private-list", "the list head is a local variable", List.of(walk)));
    }
    Optional<Set<String>> published = RcuLists.of(program).publishedHeads(update.field());
    return published.isPresent() && Collections.disjoint(published.get(), names.get())
        ? Optional.of(
            new Excuse(
                "private-list",
                "lockless readers walk "
                    + String.join(", ", published.get())
                    + ", not "
                    + String.join(", ", names.get()),
                List.of(walk)))
        : Optional.empty();
  }

  private Optional<Excuse> notPublished() {
    Optional<AccessPath> owner = NodeOrigins.of(update).owner();
    Optional<Position> made =
        update.adds() ? Optional.empty() : Publication.notYet(update, update.object());
    return made.map(p -> notPublished("the object is new here and not on a list yet", p))
        .or(
            () ->
                owner
                    .flatMap(o -> Publication.notYet(update, o))
                    .map(
                        p ->
                            notPublished(
                                "'"
                                    + owner.get().spelled()
                                    + "', which has the list, is still private",
                                p)));
  }

  private Excuse notPublished(String because, Position allocation) {
    return new Excuse("not-published", because, List.of(at(allocation, "allocated here")));
  }

  private Optional<Excuse> afterGracePeriod() {
    return GraceBefore.surely(update)
        .map(
            proof ->
                new Excuse(
                    "after-grace-period",
                    "a grace period has passed since the list was made unreachable",
                    proof));
  }

  /**
   * Nobody can reach the list any more: the object that has the head has lost its last reference.
   */
  private Optional<Excuse> lastReferenceGone() {
    Optional<AccessPath> owner = NodeOrigins.of(update).owner();
    if (owner.isEmpty() || isFoundUnderRcu(owner.get())) {
      return Optional.empty();
    }
    return LastReference.of(program)
        .gone(update.ref(), owner.get(), update.call().position())
        .map(
            proof ->
                new Excuse(
                    "last-reference-gone",
                    "the last reference to '"
                        + owner.get().spelled()
                        + "', which the list hangs on, is gone, and nobody finds it without one",
                    proof));
  }

  /** Whether the object is itself on an RCU list: a reader gets to it without a reference. */
  private boolean isFoundUnderRcu(AccessPath owner) {
    Optional<String> tag =
        program
            .types()
            .resolve(update.typing().typed(owner), update.ref().file())
            .flatMap(p -> program.types().tag(p.type(), p.file()));
    return tag.isPresent() && RcuLists.of(program).isNode(tag.get());
  }

  private Optional<Excuse> readersExcluded() {
    List<RcuLists.Reader> readers = update.readers();
    Context remover = Contexts.of(program).at(update.ref(), update.call().position());
    List<Related> proof = new ArrayList<>();
    for (RcuLists.Reader reader : readers) {
      Optional<TypedLock> lock = Readers.exclusion(reader.context(), remover);
      if (lock.isEmpty()) {
        return Optional.empty();
      }
      if (proof.isEmpty()) {
        proof.add(new Related(lock.get().where(), "the updater holds " + lock.get().identity()));
      }
      proof.add(
          new Related(
              reader.use().location(),
              reader.use().function().name() + "() walks under " + lock.get().identity()));
    }
    boolean lockless = readers.stream().anyMatch(r -> r.context().inSection());
    return Optional.of(
        new Excuse(
            lockless ? "reader-excluded-by-lock" : "no-lockless-reader",
            "every reader holds a lock that keeps the updater out",
            proof));
  }

  private Related at(Position position, String message) {
    return new Related(Location.of(update.ref().file(), position), message);
  }
}
