// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One {@code symbol_put()} is left out. */
record DroppedPut(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return SymbolSites.functions(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return SymbolSites.puts(site).stream().flatMap(p -> mutant(site, p).stream()).toList();
  }

  private Optional<Mutant> mutant(Site site, Site.Known put) {
    return site.spelled(put.call())
        .map(
            call ->
                site.replaced(
                    id,
                    call,
                    "(void)0",
                    "without " + site.source().text(call.start(), call.end()),
                    Mutant.Known.NOTHING));
  }
}
