// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Callbacks;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A wait for a callback is put under a lock that the callback takes. */
record WaitUnderLock(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Awaited.waiting(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.facts().operations().stream().flatMap(o -> mutant(site, o).stream()).toList();
  }

  private Optional<Mutant> mutant(Site site, Operation operation) {
    Optional<Api> wait = Callbacks.wait(site.program(), operation.api());
    if (wait.isEmpty()) {
      return Optional.empty();
    }
    String kind = wait.get().texts().getOrDefault("as", "");
    List<FunctionRef> callbacks =
        Callbacks.of(site.program())
            .of(operation.operand(wait.get().argument("at")), kind, site.function().file())
            .starts()
            .stream()
            .map(Callbacks.Start::callback)
            .distinct()
            .toList();
    return callbacks.size() != 1
        ? Optional.empty()
        : Calls.at(site.program().ir(site.function()), operation.api(), operation.position())
            .flatMap(
                call ->
                    new UnderLock(site, kind.endsWith("timer"))
                        .of(id, call, callbacks.get(0), object(site, call)));
  }

  private static Optional<String> object(Site site, Instruction.Call call) {
    return site.spelled(call)
        .filter(c -> c.commas().isEmpty())
        .map(c -> site.source().text(c.open() + 1, c.close()).strip());
  }
}
