// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Optional;

/** Where a reference is dropped that may be the last. */
final class Puts {
  private Puts() {}

  /** How what an operation drops is counted; empty if it drops nothing of which that is known. */
  static Optional<CountedObjects.Counted> counted(Site site, Operation operation) {
    Program program = site.program();
    Optional<FunctionRef> put = program.resolve(operation.api(), site.function().file());
    if (put.isEmpty() || operation.operands().isEmpty()) {
      return Optional.empty();
    }
    return program
        .types()
        .resolve(operation.operands().get(0).path(), site.function().file())
        .flatMap(p -> program.types().tag(p.type(), p.file()))
        .flatMap(CountedObjects.of(program)::counted)
        .filter(c -> c.puts().contains(put.get()));
  }
}
