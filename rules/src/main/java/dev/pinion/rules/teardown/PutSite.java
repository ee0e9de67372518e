// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Acquisitions;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A call that drops a reference while something is held.
 *
 * @param function who drops it
 * @param call the put
 * @param object what is put, in the function's names
 * @param tag the struct
 * @param counted how that is counted
 * @param put the function that is called
 */
record PutSite(
    Program program,
    FunctionRef function,
    Instruction.Call call,
    Value object,
    String tag,
    CountedObjects.Counted counted,
    FunctionRef put) {

  private static final String NOT_LAST = "that nobody else has a reference by then is not shown";

  /** Where the reference comes from that is dropped. */
  private enum Source {
    /**
     * Found by this function, by a look-up or a get that may fail: somebody else's is not needed.
     */
    FOUND,
    /** Read from a member or a global variable. */
    STORED,
    /** Anything else: mostly somebody has another. */
    OTHER
  }

  /** From facts: whether the function may drop a reference while it holds a lock. */
  static boolean maybe(FunctionRef function, Program program) {
    List<LockFacts.Region> regions = program.facts(function).locks().regions();
    return regions.stream().anyMatch(r -> holds(r))
        && program.operations(function).stream().anyMatch(o -> isHeldAt(o, regions));
  }

  private static boolean holds(LockFacts.Region region) {
    return !region.locks().isEmpty() || !region.sections().isEmpty();
  }

  private static boolean isHeldAt(Operation operation, List<LockFacts.Region> regions) {
    return !operation.operands().isEmpty()
        && regions.stream().anyMatch(r -> holds(r) && r.callees().contains(operation.api()));
  }

  /** The puts of a function that stand where the function itself holds something. */
  static List<PutSite> in(FunctionRef function, Program program) {
    return program.memo(List.of("PutSite.in", function), () -> find(function, program));
  }

  private static List<PutSite> find(FunctionRef function, Program program) {
    List<LockFacts.Region> regions = program.facts(function).locks().regions();
    List<PutSite> all = new ArrayList<>();
    for (Operation operation : program.operations(function)) {
      if (isHeldAt(operation, regions)) {
        of(function, operation, program).ifPresent(all::add);
      }
    }
    return List.copyOf(all);
  }

  private static Optional<PutSite> of(FunctionRef function, Operation operation, Program program) {
    Optional<FunctionRef> put = program.resolve(operation.api(), function.file());
    Optional<String> tag =
        program
            .types()
            .resolve(operation.operands().get(0).path(), function.file())
            .flatMap(p -> program.types().tag(p.type(), p.file()));
    Optional<CountedObjects.Counted> counted =
        put.isEmpty() ? Optional.empty() : tag.flatMap(CountedObjects.of(program)::counted);
    if (counted.filter(c -> c.puts().contains(put.get())).isEmpty()) {
      return Optional.empty();
    }
    Contexts.Body body = Contexts.of(program).body(function);
    return Calls.at(body.function(), operation.api(), operation.position())
        .map(
            call ->
                new PutSite(
                    program,
                    function,
                    call,
                    body.typing().canonical(call.arguments().get(0)),
                    tag.get(),
                    counted.get(),
                    put.get()));
  }

  Location location() {
    return Location.of(function.file(), call.position());
  }

  /** The locks that are surely held. */
  List<LockPlaces.Held> held() {
    return LockPlaces.of(program).at(function, call);
  }

  /** What runs below the put, once it has seen that it was the last. */
  List<Descent.Reached> releasing() {
    return Descent.of(program).from(put).stream()
        .filter(r -> r.steps().stream().anyMatch(s -> counted.releases().contains(s.to())))
        .toList();
  }

  /** What speaks against this being the last reference. */
  Optional<String> doubt() {
    return source() == Source.OTHER ? Optional.of(NOT_LAST) : Optional.empty();
  }

  /**
   * The same, if the lock is held by which the object is found: then whoever takes it out of reach
   * before he drops his reference waits until this one is dropped.
   *
   * @param taker the function of the release that takes the lock
   * @param cleared whether it takes the object out of what the lock hangs on
   */
  Optional<String> doubt(FunctionRef taker, boolean cleared) {
    boolean maybeLast =
        switch (source()) {
          case FOUND -> new FoundUntilRelease(this).by(taker);
          case STORED -> cleared;
          case OTHER -> false;
        };
    return maybeLast ? Optional.empty() : Optional.of(NOT_LAST);
  }

  /** {@code struct foo}. */
  String struct() {
    int at = tag.indexOf('@');
    return "struct " + (at < 0 ? tag : tag.substring(0, at));
  }

  private Source source() {
    Contexts.Body body = Contexts.of(program).body(function);
    for (Instruction.Call other : Calls.of(body.function())) {
      boolean found =
          !other.arguments().isEmpty()
              && body.typing().canonical(other.arguments().get(0)).equals(object)
              && program
                  .resolve(other.name(), function.file())
                  .filter(f -> counted.tryGets().contains(f))
                  .isPresent();
      if (found) {
        return Source.FOUND;
      }
    }
    if (!(object instanceof Value.Load load)) {
      return Source.OTHER;
    }
    if (!load.path().isVariable() || !body.typing().declares(load.path().root())) {
      return Source.STORED;
    }
    Set<AccessPath> names = sources(load.path(), body);
    return names.stream().anyMatch(n -> isLookedUp(n, body)) ? Source.FOUND : Source.OTHER;
  }

  /** The variable and those that are assigned to it. */
  private static Set<AccessPath> sources(AccessPath variable, Contexts.Body body) {
    Set<AccessPath> all = new HashSet<>(Set.of(variable));
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && assign.target().equals(variable)
            && body.typing().canonical(assign.value()) instanceof Value.Load from
            && from.path().isVariable()) {
          all.add(from.path());
        }
      }
    }
    return all;
  }

  private boolean isLookedUp(AccessPath variable, Contexts.Body body) {
    return Calls.of(body.function()).stream()
        .filter(c -> c.result().filter(r -> sources(variable, body).contains(r)).isPresent())
        .anyMatch(
            c ->
                !program.model().does(c.name(), "object", "alloc")
                    && Acquisitions.of(program).acquires(c.name(), function.file())
                        == Acquisitions.Acquisition.YES);
  }

  /** Whether a lock lies in the object itself, and not behind a pointer in it. */
  boolean isInObject(AccessPath lock) {
    if (!(object instanceof Value.Load load) || !lock.startsWith(load.path())) {
      return object instanceof Value.AddressOf address && lock.startsWith(address.path());
    }
    List<Step> rest = lock.steps().subList(load.path().steps().size(), lock.steps().size());
    return !rest.isEmpty()
        && rest.get(0) instanceof Step.Arrow
        && rest.stream().skip(1).allMatch(s -> s instanceof Step.Dot);
  }
}
