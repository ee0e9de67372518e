// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A put is put under a lock that the release takes. */
record PutUnderLock(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.operating(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.facts().operations().stream().flatMap(o -> mutant(site, o).stream()).toList();
  }

  private Optional<Mutant> mutant(Site site, Operation operation) {
    return Puts.counted(site, operation)
        .filter(c -> c.releases().size() == 1)
        .flatMap(
            c ->
                Calls.at(site.program().ir(site.function()), operation.api(), operation.position())
                    .flatMap(
                        call ->
                            new UnderLock(site, false)
                                .of(id, call, c.releases().first(), Optional.empty())));
  }
}
