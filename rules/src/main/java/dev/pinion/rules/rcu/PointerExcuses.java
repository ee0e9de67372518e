// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LastReference;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.RcuPointers;
import dev.pinion.analyzer.rule.Excuse;
import java.util.List;
import java.util.Optional;

/** What excuses freeing an object at once that an RCU pointer led to. Each excuse is proved. */
final class PointerExcuses {
  static final List<String> IDS =
      List.of(
          "grace-period",
          "in-rcu-callback",
          "not-published",
          "after-grace-period",
          "last-reference-gone",
          "reader-excluded-by-lock",
          "slab-typesafe-by-rcu");

  private final Program program;
  private final FunctionRef function;
  private final Contexts.Body body;
  private final Instruction.Call call;
  private final Held held;
  private final Replaced replaced;

  /**
   * @param call that frees, or calls who does
   */
  PointerExcuses(
      Program program, FunctionRef function, Contexts.Body body, Instruction.Call call, Held held) {
    this.program = program;
    this.function = function;
    this.body = body;
    this.call = call;
    this.held = held;
    this.replaced = held.replaced().orElseThrow();
  }

  /**
   * The first that holds.
   *
   * @param primitive the free itself
   */
  Optional<Excuse> first(Instruction.Call primitive) {
    return waited()
        .or(() -> InRcuCallback.of(program, function))
        .or(this::notPublished)
        .or(this::afterGracePeriod)
        .or(this::lastReferenceGone)
        .or(() -> new PointerReaders(program, function, held).excluded())
        .or(() -> SlabCaches.of(program).typesafe(primitive));
  }

  private Optional<Excuse> waited() {
    return replaced.hasWaited()
        ? Optional.of(
            new Excuse(
                "grace-period",
                "a grace period passes between",
                List.of(
                    new Related(replaced.location(), "the pointer is set to something else"),
                    at(replaced.waited(), "waits for a grace period"))))
        : Optional.empty();
  }

  /** The object that has the pointer is new and nobody else's yet. */
  private Optional<Excuse> notPublished() {
    AccessPath owner = AccessPath.variable(held.place().root());
    return Publication.notYet(program, body.function(), body.typing(), call, owner)
        .map(
            p ->
                new Excuse(
                    "not-published",
                    "'" + owner.spelled() + "', which has the pointer, is still private",
                    List.of(at(p, "allocated here"))));
  }

  private Optional<Excuse> afterGracePeriod() {
    return GraceBefore.surely(
            function,
            call,
            RcuPointers.of(program).flavours(held.pointer()),
            Unpublishing.of(program, function, held.pointer(), held.place().holder()))
        .map(
            proof ->
                new Excuse(
                    "after-grace-period",
                    "a grace period has passed since the pointer was made unreachable",
                    proof));
  }

  /** Nobody comes to the pointer any more: what has it has lost its last reference. */
  private Optional<Excuse> lastReferenceGone() {
    AccessPath owner = held.place().holder();
    Optional<String> tag =
        program
            .types()
            .resolve(body.typing().typed(owner), function.file())
            .flatMap(p -> program.types().tag(p.type(), p.file()));
    if (tag.isPresent() && RcuLists.of(program).isNode(tag.get())) {
      return Optional.empty(); // A reader gets to it without a reference.
    }
    return LastReference.of(program)
        .gone(function, owner, call.position())
        .map(
            proof ->
                new Excuse(
                    "last-reference-gone",
                    "the last reference to '"
                        + owner.spelled()
                        + "', which has the pointer, is gone",
                    proof));
  }

  private Related at(Position position, String message) {
    return new Related(Location.of(function.file(), position), message);
  }
}
