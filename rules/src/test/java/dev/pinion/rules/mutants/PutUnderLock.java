// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A put is put under a lock that the release takes. */
record PutUnderLock(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    List<FunctionRef> all = new ArrayList<>();
    for (String file : program.files(Term.Trait.OPERATES)) {
      if (file.endsWith(".c")) {
        all.addAll(program.functionsIn(file));
      }
    }
    return all;
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.facts().operations().stream().flatMap(o -> mutant(site, o).stream()).toList();
  }

  private Optional<Mutant> mutant(Site site, Operation operation) {
    Program program = site.program();
    Optional<FunctionRef> put = program.resolve(operation.api(), site.function().file());
    if (put.isEmpty() || operation.operands().isEmpty()) {
      return Optional.empty();
    }
    Optional<CountedObjects.Counted> counted =
        program
            .types()
            .resolve(operation.operands().get(0).path(), site.function().file())
            .flatMap(p -> program.types().tag(p.type(), p.file()))
            .flatMap(CountedObjects.of(program)::counted)
            .filter(c -> c.puts().contains(put.get()) && c.releases().size() == 1);
    return counted.flatMap(
        c ->
            Calls.at(program.ir(site.function()), operation.api(), operation.position())
                .flatMap(
                    call ->
                        new UnderLock(site, false)
                            .of(id, call, c.releases().first(), Optional.empty())));
  }
}
