// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.ConstantValues;
import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a function's parameters because all its callers pass the like: a string, an
 * address, the same constant.
 *
 * @param facts for a path that enters the function
 * @param calls the callers' lines
 */
record PassedByAll(PathFacts facts, List<Related> calls) {
  private static final int MAX_LINES = 3;

  /** Empty if there is nothing to say, or if not all callers are known. */
  static Optional<PassedByAll> of(Program program, FunctionRef function, Function body) {
    if (program.callees(function).contains(function.name())) {
      return Optional.empty(); // It is a caller itself, and may pass what the others do not.
    }
    List<CallSites.Site> sites = CallSites.into(program, function).orElse(List.of());
    PathFacts facts = PathFacts.NONE;
    for (String tested : LeakBranches.tested(body)) {
      int parameter = body.parameterIndex(tested);
      if (parameter >= 0 && !sites.isEmpty()) {
        Known known = known(sites, parameter, body);
        if (!known.equals(Known.NOTHING)) {
          facts = facts.with(facts.value(Value.load(tested)), known);
        }
      }
    }
    return facts.equals(PathFacts.NONE)
        ? Optional.empty()
        : Optional.of(new PassedByAll(facts, lines(sites)));
  }

  private static Known known(List<CallSites.Site> sites, int parameter, Function body) {
    Optional<Known> all = Optional.empty();
    for (CallSites.Site site : sites) {
      Known here =
          ConstantValues.as(
              body.parameters().get(parameter).type(),
              site.argument(parameter).map(ConstantValues.NOTHING::of).orElse(Known.NOTHING));
      all = all.map(a -> ConstantValues.common(a, here)).or(() -> Optional.of(here));
    }
    return all.orElse(Known.NOTHING);
  }

  private static List<Related> lines(List<CallSites.Site> sites) {
    List<Related> all = new ArrayList<>();
    for (CallSites.Site site : sites.subList(0, Math.min(MAX_LINES, sites.size()))) {
      all.add(
          new Related(
              Location.of(site.caller().file(), site.call().position()),
              site.caller().name() + "() calls it so"));
    }
    return all;
  }
}
