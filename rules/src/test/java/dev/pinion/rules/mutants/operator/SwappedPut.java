// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolTaking;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A {@code symbol_put()} gives back another symbol than the one that was taken. */
record SwappedPut(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    return SymbolSites.functions(program);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return SymbolSites.puts(site).stream()
        .filter(p -> "name".equals(p.api().texts().get("by")))
        .flatMap(p -> mutant(site, p).stream())
        .toList();
  }

  private Optional<Mutant> mutant(Site site, Site.Known put) {
    return site.spelled(put.call())
        .flatMap(
            call -> {
              String taken = site.source().text(call.open() + 1, call.close()).strip();
              return other(site, taken)
                  .map(
                      name ->
                          site.mutant(
                              id,
                              site.source().line(call.start()),
                              "symbol_put(" + taken + ") -> " + name,
                              List.of(new Source.Edit(call.open() + 1, call.close(), name)),
                              Mutant.Known.NOTHING));
            });
  }

  /** A symbol that somebody takes: of the same file if there is one, but not of the function. */
  private static Optional<String> other(Site site, String taken) {
    TreeSet<String> mine = symbols(site.program(), List.of(site.function()));
    mine.add(taken);
    List<FunctionRef> takers = List.copyOf(SymbolTaking.takers(site.program()));
    TreeSet<String> near =
        symbols(
            site.program(),
            takers.stream().filter(f -> f.file().equals(site.function().file())).toList());
    near.removeAll(mine);
    TreeSet<String> all = symbols(site.program(), takers);
    all.removeAll(mine);
    return near.stream().findFirst().or(() -> all.stream().findFirst());
  }

  private static TreeSet<String> symbols(Program program, List<FunctionRef> functions) {
    TreeSet<String> all = new TreeSet<>();
    for (FunctionRef function : functions) {
      SymbolTaking.in(function, program).forEach(t -> t.symbol().ifPresent(all::add));
    }
    return all;
  }
}
