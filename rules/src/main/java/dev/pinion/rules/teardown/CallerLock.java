// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    Optional<LockPlaces.Held> held =
        LockPlaces.of(program).at(site.caller(), site.call()).stream()
            .filter(h -> h.lock().identity().equals(identity))
            .findFirst();
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
