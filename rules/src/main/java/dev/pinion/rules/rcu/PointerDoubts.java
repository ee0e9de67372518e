// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.EntryPoints;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Optional;

/**
 * What speaks against the free of an object behind an RCU pointer that nothing excuses: it may be
 * that no reader is there, though it is not proved. The finding ends with it.
 */
final class PointerDoubts {
  private final Program program;
  private final FunctionRef function;
  private final Instruction.Call call;
  private final Contexts.Body body;
  private final Held held;
  private final AccessPath owner;

  PointerDoubts(
      Program program, FunctionRef function, Contexts.Body body, Instruction.Call call, Held held) {
    this.program = program;
    this.function = function;
    this.body = body;
    this.call = call;
    this.held = held;
    this.owner = held.place().holder();
  }

  /** The first doubt, as the last line of the story. */
  Optional<Related> first(Optional<PointerReaders.Surest> surest) {
    return readers(surest)
        .or(this::comingOrGoing)
        .or(this::drain)
        .or(this::ownerFreed)
        .or(this::state);
  }

  private Optional<Related> readers(Optional<PointerReaders.Surest> surest) {
    return surest.isPresent()
        ? Optional.empty()
        : doubt("no reader is surely inside a read-side section without the updater's lock");
  }

  private Optional<Related> comingOrGoing() {
    return EntryPoints.of(program).onlyAtInitOrExit(function)
        ? doubt(function.name() + "() runs only while its module comes or goes")
        : Optional.empty();
  }

  /** All pointers of a kind are cleared, one after the other, as at the end of what has them. */
  private Optional<Related> drain() {
    boolean isOneOfMany =
        held.place().steps().stream().anyMatch(s -> s instanceof Step.Index)
            || isIterated(held.place());
    return isOneOfMany && isCleared() && body.function().cfg().leads(call, call)
        ? doubt("all such pointers are cleared in a loop, as at the end of what has them")
        : Optional.empty();
  }

  /** Whether the place is told by what a loop over something else goes through. */
  private boolean isIterated(AccessPath place) {
    return Calls.of(body.function()).stream()
        .anyMatch(
            c ->
                c.kind() == Instruction.CallKind.ITERATOR
                    && (body.function().variable(place.root()).isEmpty()
                        || c.result().filter(r -> place.root().equals(r.root())).isPresent()));
  }

  private boolean isCleared() {
    return Calls.of(body.function()).stream()
        .filter(c -> c.position().equals(held.replaced().orElseThrow().here()))
        .anyMatch(c -> c.arguments().contains(Value.ZERO));
  }

  /**
   * Whoever could still follow the pointer would be in freed memory whatever comes of its object.
   */
  private Optional<Related> ownerFreed() {
    return OwnerFreed.surely(program, function, call, owner)
        .map(
            proof ->
                new Related(
                    proof.get(0).location(),
                    "latent only: the object that has the pointer is freed here, and should be out"
                        + " of the readers' reach by then"));
  }

  private Optional<Related> state() {
    return StateTests.before(program, function, call, owner);
  }

  private Optional<Related> doubt(String why) {
    return Optional.of(
        new Related(Location.of(function.file(), call.position()), "latent only: " + why));
  }
}
