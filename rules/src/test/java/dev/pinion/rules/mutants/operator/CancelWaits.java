// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cancellation that does not wait becomes one that does, where a lock is held that the callback
 * takes: {@code cancel_work(&p->work)} becomes {@code cancel_work_sync(&p->work)}.
 *
 * @param names what waits in the place of each
 */
record CancelWaits(String id, Map<String, String> names, List<String> rules) implements Operator {
  CancelWaits {
    names = Map.copyOf(names);
    rules = List.copyOf(rules);
  }

  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.calling(program, names.keySet());
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return Calls.of(site.program().ir(site.function())).stream()
        .filter(c -> names.containsKey(c.name()))
        .flatMap(c -> mutant(site, c).stream())
        .toList();
  }

  private Optional<Mutant> mutant(Site site, Instruction.Call call) {
    String to = names.getOrDefault(call.name(), call.name());
    return taker(site, call, to)
        .flatMap(
            because ->
                site.spelled(call)
                    .map(
                        c ->
                            site.mutant(
                                id,
                                site.source().line(c.start()),
                                call.name() + " -> " + to + ", " + because,
                                List.of(
                                    new Source.Edit(
                                        c.start(), c.start() + call.name().length(), to)),
                                site.understood())));
  }

  private static Optional<String> taker(Site site, Instruction.Call call, String wait) {
    Optional<Awaited> awaited = Awaited.by(site, call, wait);
    return awaited.flatMap(
        a ->
            LockPlaces.of(site.program()).at(site.function(), call).stream()
                .flatMap(
                    h ->
                        a
                            .taker(h.lock().identity(), h.path())
                            .map(t -> "under " + h.lock().identity() + ", " + t)
                            .stream())
                .findFirst());
  }
}
