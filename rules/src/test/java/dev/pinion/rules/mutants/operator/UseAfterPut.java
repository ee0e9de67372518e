// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The last call of the symbol is made once more, behind its {@code symbol_put()}. */
record UseAfterPut(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return SymbolSites.functions(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return SymbolSites.puts(site).stream().flatMap(p -> mutant(site, p).stream()).toList();
  }

  private Optional<Mutant> mutant(Site site, Site.Known put) {
    Source source = site.source();
    return site.spelled(put.call())
        .filter(c -> source.text().startsWith(";", source.skipBlanks(c.end())))
        .flatMap(
            call ->
                SymbolSites.lastUse(site, put)
                    .flatMap(use -> source.callFrom(source.offset(use.position())))
                    .map(use -> mutant(site, call, use)));
  }

  private Mutant mutant(Site site, Source.Spelled put, Source.Spelled use) {
    Source source = site.source();
    // On one line, so that all others stay where they are.
    String again = source.text(use.start(), use.end()).replaceAll("\\s+", " ");
    return site.mutant(
        id,
        source.line(put.start()),
        again + " after " + source.text(put.start(), put.end()),
        List.of(
            new Source.Edit(put.start(), put.start(), "{ "),
            new Source.Edit(put.end(), source.skipBlanks(put.end()) + 1, "; " + again + "; }")),
        Mutant.Known.NOTHING);
  }
}
