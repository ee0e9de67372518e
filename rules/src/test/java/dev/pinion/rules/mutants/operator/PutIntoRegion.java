// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A put that stands beside a locked region is moved into it, where the release takes that lock, the
 * lock is the object's own, or it is a spinlock and the release sleeps.
 */
record PutIntoRegion(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.operating(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.facts().locks().regions().isEmpty()
        ? List.of()
        : site.facts().operations().stream().flatMap(o -> mutants(site, o).stream()).toList();
  }

  private List<Mutant> mutants(Site site, Operation operation) {
    Optional<CountedObjects.Counted> counted = Puts.counted(site, operation);
    Optional<Instruction.Call> call =
        counted.isEmpty()
            ? Optional.empty()
            : Calls.at(site.program().ir(site.function()), operation.api(), operation.position());
    return call.map(
            put ->
                new IntoRegion(site)
                    .mutants(
                        id,
                        put,
                        edge -> harm(site, put, counted.orElseThrow(), edge),
                        edge -> known(site, put, edge)))
        .orElse(List.of());
  }

  private static Optional<String> harm(
      Site site, Instruction.Call put, CountedObjects.Counted counted, IntoRegion.Edge edge) {
    Program program = site.program();
    List<FunctionRef> releases = releases(site, put, counted);
    for (FunctionRef release : releases) {
      Optional<String> taker =
          new TakenBelow(program, release, Optional.empty())
              .locks()
              .filter(l -> l.is(edge.lock().identity(), edge.path()))
              .findFirst()
              .map(l -> "which " + l.taker().name() + "() takes");
      if (taker.isPresent()) {
        return taker;
      }
    }
    if (edge.isBefore()
        && edge.path().filter(p -> isInside(site, put, p)).isPresent()
        && releases.stream().anyMatch(r -> frees(program, r))
        && !putsAgain(site, put)) {
      return Optional.of("which lies in the object");
    }
    return edge.lock().type().contains("spinlock")
        ? releases.stream()
            .flatMap(r -> Descent.of(program).withinFile(r).stream())
            .filter(r -> r.steps().size() < 2 && blocks(program, r.function()))
            .findFirst()
            .map(r -> "and " + r.function().name() + "() sleeps")
        : Optional.empty();
  }

  /** Those releases to which that put surely leads: others may be of what the object lies in. */
  private static List<FunctionRef> releases(
      Site site, Instruction.Call put, CountedObjects.Counted counted) {
    Program program = site.program();
    return program.resolve(put.name(), site.function().file()).stream()
        .flatMap(f -> Descent.of(program).from(f).stream())
        .filter(r -> counted.releases().contains(r.function()))
        .filter(r -> r.steps().stream().noneMatch(s -> s.way() instanceof Descent.Way.Member))
        .map(Descent.Reached::function)
        .toList();
  }

  /** Whether the function has another reference to the object, which it drops later. */
  private static boolean putsAgain(Site site, Instruction.Call put) {
    Cfg cfg = site.program().ir(site.function()).cfg();
    List<CountCalls.Count> puts = new CountCalls(site).all(CountEffect.PUT);
    return puts.stream()
        .filter(p -> p.call().equals(put))
        .anyMatch(
            p ->
                puts.stream()
                    .anyMatch(
                        o ->
                            !o.call().equals(put)
                                && o.object().equals(p.object())
                                && cfg.leads(put, o.call())));
  }

  /** Whether a release frees something itself, and at once. */
  private static boolean frees(Program program, FunctionRef release) {
    return Descent.of(program).withinFile(release).stream()
        .filter(r -> r.steps().size() < 2)
        .flatMap(r -> program.callees(r.function()).stream())
        .anyMatch(c -> program.model().does(c, "object", "free"));
  }

  /** The same put stands elsewhere in the function, where the lock is not held. */
  private static Mutant.Known known(Site site, Instruction.Call put, IntoRegion.Edge edge) {
    boolean elsewhere =
        Calls.of(site.program().ir(site.function()), put.name()).stream()
            .filter(c -> !c.equals(put))
            .anyMatch(
                c ->
                    LockPlaces.of(site.program()).at(site.function(), c).stream()
                        .noneMatch(h -> h.lock().identity().equals(edge.lock().identity())));
    return elsewhere
        ? Mutant.Known.obstacle("the function puts without the lock as well")
        : site.understood();
  }

  /** Whether the lock is a member of the object itself. */
  private static boolean isInside(Site site, Instruction.Call put, AccessPath lock) {
    if (!(site.canonical(put.arguments().get(0)) instanceof Value.Load object)
        || !lock.startsWith(object.path())) {
      return false;
    }
    List<Step> rest = lock.steps().subList(object.path().steps().size(), lock.steps().size());
    return !rest.isEmpty()
        && rest.get(0) instanceof Step.Arrow
        && rest.stream().skip(1).allMatch(s -> s instanceof Step.Dot);
  }

  private static boolean blocks(Program program, FunctionRef function) {
    return program.callees(function).stream()
        .flatMap(c -> program.model().find("blocking", c).stream())
        .anyMatch(a -> a.operation().equals("blocks") && a.argument("gfp") < 0);
  }
}
