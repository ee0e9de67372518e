// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A wait for a callback that stands beside a locked region is moved into it. */
record WaitIntoRegion(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Awaited.waiting(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.facts().operations().stream().flatMap(o -> mutants(site, o).stream()).toList();
  }

  private List<Mutant> mutants(Site site, Operation operation) {
    Optional<Instruction.Call> call =
        Calls.at(site.program().ir(site.function()), operation.api(), operation.position());
    Optional<Awaited> awaited = call.flatMap(c -> Awaited.by(site, c, c.name()));
    return awaited
        .map(
            a ->
                new IntoRegion(site)
                    .mutants(
                        id,
                        call.orElseThrow(),
                        edge -> a.taker(edge.lock().identity(), edge.path()),
                        edge -> site.understood()))
        .orElse(List.of());
  }
}
