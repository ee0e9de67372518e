// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.EntryPoints;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.rule.Tier;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What speaks against an update that nothing excuses: it may be that no reader is there, though it
 * is not proved. One doubt makes the finding latent, and the finding ends with it.
 */
final class Doubts {
  private final Program program;
  private final Update update;
  private final List<RcuLists.Reader> live;
  private final Optional<Witness> witness;

  /**
   * @param live the readers that no lock of the updater keeps out
   * @param witness the one of them that surely may walk meanwhile, if there is one
   */
  Doubts(Update update, List<RcuLists.Reader> live, Optional<Witness> witness) {
    this.program = update.program();
    this.update = update;
    this.live = live;
    this.witness = witness;
  }

  /** The tier that a first doubt, or none, leaves. */
  static Tier tier(Optional<Related> doubt) {
    return doubt.isPresent() ? Tier.LATENT : Tier.WARNING;
  }

  /** For rules of which it has not been read yet how often they are right. */
  static Related notMeasured(Location where) {
    return new Related(
        where, "latent only: how often this is right on a whole kernel has not been measured yet");
  }

  /** The first doubt, as the last line of the story. */
  Optional<Related> first() {
    return otherConfiguration()
        .or(this::readers)
        .or(this::oneWay)
        .or(this::head)
        .or(this::comingOrGoing)
        .or(this::unguarded)
        .or(update.adds() ? Optional::empty : this::going)
        .or(() -> StateTests.before(update));
  }

  /**
   * Whoever adds or moves nodes holds the lock of the others who change the list, if there may be
   * others. Where none is held the list is hardly in use yet.
   */
  private Optional<Related> unguarded() {
    if (update.use().api().does("list", "delete", "delete-init")) {
      return Optional.empty();
    }
    Set<String> here =
        Contexts.of(program).at(update.ref(), update.call().position()).locks().keySet();
    Updaters others = Updaters.of(program, update.field(), update.use()).without(update.use());
    boolean guarded =
        !here.isEmpty() && (others.all().isEmpty() || !Collections.disjoint(here, others.locks()));
    return guarded
        ? Optional.empty()
        : doubt("no lock is surely held here that others hold who change such lists");
  }

  /** What speaks against a node's being met while it goes. */
  private Optional<Related> going() {
    return movedAway().or(this::twoWays).or(this::drain).or(this::ownerFreed);
  }

  /** No reader of which it is sure that it walks inside a section while this may run. */
  private Optional<Related> readers() {
    if (witness.isPresent()) {
      return Optional.empty();
    }
    return live.stream().anyMatch(r -> r.context().inSection())
        ? doubt(
            "not all ways into the readers are known: one may hold a lock that "
                + update.ref().name()
                + "() holds too")
        : doubt("no reader is surely inside a read-side section without the updater's lock");
  }

  private Optional<Related> oneWay() {
    return witness.flatMap(Witness::entry).flatMap(e -> new OneWayDoubts(update).first());
  }

  private Optional<Related> head() {
    boolean known =
        NodeOrigins.of(update).headNames().isEmpty()
            || RcuLists.of(program).publishedHeads(update.field()).isPresent();
    return known
        ? Optional.empty()
        : doubt("which of the lists that use this field the readers walk is not known");
  }

  /** The node is on a local list by then; whoever moved it there did not wait for readers. */
  private Optional<Related> movedAway() {
    NodeOrigins origins = NodeOrigins.of(update);
    return origins.headNames().filter(Set.of(Heads.LOCAL)::equals).isEmpty()
        ? Optional.empty()
        : origins
            .first()
            .flatMap(o -> MovedHere.onto(update, o))
            .map(
                m ->
                    new Related(
                        m.location(),
                        "latent only: "
                            + m.api()
                            + "() has moved the node to a local list by then, from which no reader"
                            + " starts; one that came before may still be on it"));
  }

  private Optional<Related> comingOrGoing() {
    return EntryPoints.of(program).onlyAtInitOrExit(update.ref())
        ? doubt(update.ref().name() + "() runs only while its module comes or goes")
        : Optional.empty();
  }

  /**
   * The function removes the same node with the RCU primitive elsewhere: it tells two states of the
   * node apart, and the plain removal is for the one that readers do not see.
   */
  private Optional<Related> twoWays() {
    if (update.use().api().is("unlink")) {
      return Optional.empty();
    }
    return Calls.of(update.function()).stream()
        .filter(c -> program.model().find("list", c.name()).filter(a -> a.is("unlink")).isPresent())
        .filter(c -> !c.equals(update.call()) && !c.arguments().isEmpty())
        .filter(
            c ->
                update
                    .typing()
                    .canonical(c.arguments().get(0))
                    .equals(new Value.AddressOf(update.node())))
        .findFirst()
        .map(
            c ->
                new Related(
                    Location.of(update.ref().file(), c.position()),
                    "latent only: the same node is removed with "
                        + c.name()
                        + "() here, so that two states of it are told apart"));
  }

  /**
   * The file defines the function once more, for another configuration, and there it works with the
   * RCU primitive: which of the two goes with which readers, a configuration says, and both are
   * taken for one kernel here.
   */
  private Optional<Related> otherConfiguration() {
    if (update.use().api().is("rcu")) {
      return Optional.empty();
    }
    return RcuLists.of(program).uses(update.field()).stream()
        .filter(u -> u.api().is("rcu") && !u.api().does("list", "walk", "peek"))
        .filter(u -> isTwin(u.function()))
        .findFirst()
        .map(
            u ->
                new Related(
                    u.location(),
                    "latent only: for another configuration "
                        + u.function().name()
                        + "() is defined with "
                        + u.api().name()
                        + "() here, and readers may be others there, too"));
  }

  private boolean isTwin(FunctionRef other) {
    return other.name().equals(update.ref().name())
        && other.file().equals(update.ref().file())
        && !other.equals(update.ref());
  }

  private Optional<Related> drain() {
    boolean whole =
        update.isOfWholeList()
            ? update.takesOntoLocalList()
            : !update.use().api().is("unlink") && Drain.isWhole(update);
    return whole
        ? doubt("the whole list is emptied, as at the end of what it hangs on")
        : Optional.empty();
  }

  /**
   * The object that has the list is freed next. It should be out of every reader's reach by then;
   * if it is not, that is the defect, and not how the node was removed.
   */
  private Optional<Related> ownerFreed() {
    return NodeOrigins.of(update)
        .owner()
        .flatMap(o -> OwnerFreed.surely(update, o))
        .map(
            proof ->
                new Related(
                    proof.get(0).location(),
                    "latent only: the object that has the list is freed here, and should be out of"
                        + " the readers' reach before the removal"));
  }

  private Optional<Related> doubt(String why) {
    return Optional.of(new Related(update.location(), "latent only: " + why));
  }
}
