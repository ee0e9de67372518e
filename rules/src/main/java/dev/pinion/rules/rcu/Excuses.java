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
import dev.pinion.analyzer.link.RcuCallbacks;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.TypedLock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What excuses taking a node off a list without the {@code _rcu} primitive. Each excuse is proved
 * or not given; the first that holds is told.
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

  private final Program program;
  private final Removal removal;

  Excuses(Removal removal) {
    this.removal = removal;
    this.program = removal.program();
  }

  Optional<Excuse> first() {
    return inRcuCallback()
        .or(this::privateList)
        .or(this::notPublished)
        .or(this::afterGracePeriod)
        .or(this::lastReferenceGone)
        .or(this::readersExcluded);
  }

  private Optional<Excuse> inRcuCallback() {
    return RcuCallbacks.of(program)
        .around(removal.ref())
        .map(
            c ->
                new Excuse(
                    "in-rcu-callback",
                    "runs only in an RCU callback, after a grace period",
                    List.of(
                        new Related(
                            Location.of(c.file(), program.facts(c).position()),
                            c.name() + "() is passed to call_rcu() or queue_rcu_work()"))));
  }

  /** The node is met on a list that no lockless reader walks, though it uses the same field. */
  private Optional<Excuse> privateList() {
    NodeOrigins origins = NodeOrigins.of(removal);
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
      return MovedHere.onto(removal, origin).isPresent()
          ? Optional.empty()
          : Optional.of(
              new Excuse("private-list", "the list head is a local variable", List.of(walk)));
    }
    Optional<Set<String>> published = RcuLists.of(program).publishedHeads(removal.field());
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
    Optional<AccessPath> owner = NodeOrigins.of(removal).owner();
    return Publication.notYet(removal, removal.object())
        .map(p -> notPublished("the object is new here and not on a list yet", p))
        .or(
            () ->
                owner
                    .flatMap(o -> Publication.notYet(removal, o))
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
    return GraceBefore.surely(removal)
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
    Optional<AccessPath> owner = NodeOrigins.of(removal).owner();
    if (owner.isEmpty() || isFoundUnderRcu(owner.get())) {
      return Optional.empty();
    }
    return LastReference.of(program)
        .gone(removal.ref(), owner.get(), removal.call().position())
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
            .resolve(removal.typing().typed(owner), removal.ref().file())
            .flatMap(p -> program.types().tag(p.type(), p.file()));
    return tag.isPresent()
        && RcuLists.of(program).contracts().stream().anyMatch(f -> f.owner().equals(tag.get()));
  }

  private Optional<Excuse> readersExcluded() {
    List<RcuLists.Reader> readers = removal.readers();
    Context remover = Contexts.of(program).at(removal.ref(), removal.call().position());
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
    return new Related(Location.of(removal.ref().file(), position), message);
  }
}
