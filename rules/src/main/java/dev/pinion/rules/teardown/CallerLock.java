// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.dataflow.SureConditions;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** By which path a function can name a lock that all its callers hold for it. */
final class CallerLock {
  private static final int MAX_LEVELS = 3;

  private final Program program;

  CallerLock(Program program) {
    this.program = program;
  }

  /** The path, if it is the same at all calls; empty if a caller names it by no parameter. */
  Optional<AccessPath> path(FunctionRef function, String identity) {
    return path(function, identity, MAX_LEVELS);
  }

  /**
   * The paths by which single ways to a call name it, those of ways alone on which the call is
   * made: each is one on which that very lock is held.
   */
  Set<AccessPath> paths(FunctionRef function, Instruction.Call call, String identity) {
    return paths(function, call, identity, MAX_LEVELS);
  }

  private Set<AccessPath> paths(
      FunctionRef function, Instruction.Call call, String identity, int levels) {
    return program.memo(
        List.of("CallerLock.paths", function, call, identity, levels),
        () -> {
          Set<AccessPath> all = new LinkedHashSet<>();
          for (CallSites.Site site : CallSites.into(program, function).orElse(List.of())) {
            boolean comes =
                !tellsByName(function, call, site)
                    && Passing.anything(site.caller())
                        .by(site.call(), function, program)
                        .filter(p -> p.mayCall(call, program))
                        .isPresent();
            if (comes) {
              above(site, identity, levels)
                  .forEach(p -> down(function, site, p).ifPresent(all::add));
            }
          }
          return all;
        });
  }

  /**
   * Whether the function comes to a call by a test of a parameter for which a caller passes an
   * enumerator or a macro, whose number is not known: it may say that the call is not made.
   */
  private boolean tellsByName(FunctionRef function, Instruction.Call call, CallSites.Site site) {
    Function body = Contexts.of(program).body(function).function();
    return SureConditions.before(body, call).stream()
        .flatMap(c -> Stream.of(c.left(), c.right()))
        .filter(v -> v instanceof Value.Load load && load.path().isVariable())
        .map(v -> body.parameterIndex(((Value.Load) v).path().root()))
        .filter(i -> i >= 0)
        .anyMatch(i -> site.argument(i).filter(a -> isName(a, site)).isPresent());
  }

  private static boolean isName(Value argument, CallSites.Site site) {
    return argument instanceof Value.Load load
        && load.path().isVariable()
        && !site.body().typing().declares(load.path().root());
  }

  private Set<AccessPath> above(CallSites.Site site, String identity, int levels) {
    Optional<LockPlaces.Held> held = held(site, identity);
    if (held.isEmpty()) {
      return Set.of();
    }
    return held.get().path().isPresent()
        ? Set.of(held.get().path().get())
        : levels > 0 ? paths(site.caller(), site.call(), identity, levels - 1) : Set.of();
  }

  private Optional<LockPlaces.Held> held(CallSites.Site site, String identity) {
    return LockPlaces.of(program).at(site.caller(), site.call()).stream()
        .filter(h -> h.lock().identity().equals(identity))
        .findFirst();
  }

  private Optional<AccessPath> path(FunctionRef function, String identity, int levels) {
    return program.memo(
        List.of("CallerLock", function, identity, levels), () -> find(function, identity, levels));
  }

  private Optional<AccessPath> find(FunctionRef function, String identity, int levels) {
    List<CallSites.Site> sites = CallSites.into(program, function).orElse(List.of());
    Optional<AccessPath> common = Optional.empty();
    for (CallSites.Site site : sites) {
      Optional<AccessPath> here =
          inCaller(site, identity, levels).flatMap(p -> down(function, site, p));
      if (here.isEmpty() || (common.isPresent() && !common.equals(here))) {
        return Optional.empty();
      }
      common = here;
    }
    return common;
  }

  private Optional<AccessPath> inCaller(CallSites.Site site, String identity, int levels) {
    Optional<LockPlaces.Held> held = held(site, identity);
    return held.flatMap(LockPlaces.Held::path)
        .or(
            () ->
                held.isPresent() && levels > 0
                    ? path(site.caller(), identity, levels - 1)
                    : Optional.empty());
  }

  /** A caller's path in the callee's names: what it reaches from the first argument that it may. */
  private Optional<AccessPath> down(FunctionRef callee, CallSites.Site site, AccessPath path) {
    Contexts.Body below = Contexts.of(program).body(callee);
    Typing typing = site.body().typing();
    for (int i = 0; i < site.call().arguments().size(); i++) {
      if (i >= below.function().parameters().size()) {
        break;
      }
      Optional<List<Step>> rest = rest(typing.canonical(site.call().arguments().get(i)), path);
      if (rest.isPresent()) {
        String parameter = below.function().parameters().get(i).name();
        return Optional.of(
            below.typing().canonical(AccessPath.variable(parameter).thenAll(rest.get())));
      }
    }
    return Optional.empty();
  }

  private static Optional<List<Step>> rest(Value argument, AccessPath path) {
    if (argument instanceof Value.Load load && path.startsWith(load.path())) {
      List<Step> rest = path.steps().subList(load.path().steps().size(), path.steps().size());
      return Optional.of(rest).filter(r -> !r.isEmpty());
    }
    if (argument instanceof Value.AddressOf address && path.startsWith(address.path())) {
      List<Step> rest =
          new ArrayList<>(path.steps().subList(address.path().steps().size(), path.steps().size()));
      if (!rest.isEmpty() && rest.get(0) instanceof Step.Dot dot) {
        rest.set(0, new Step.Arrow(dot.name()));
        return Optional.of(rest);
      }
    }
    return Optional.empty();
  }
}
