// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another list primitive with the same arguments: {@code list_del_rcu(&p->node)} becomes {@code
 * list_del(&p->node)}.
 *
 * @param names the primitive that is put in the place of each
 */
record Renamed(String id, Map<String, String> names, List<String> rules) implements Operator {
  Renamed {
    names = Map.copyOf(names);
    rules = List.copyOf(rules);
  }

  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.doing(program, names.keySet());
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.listUses()
        .filter(u -> names.containsKey(u.api().name()))
        .flatMap(u -> mutant(site, u).stream())
        .toList();
  }

  private Optional<Mutant> mutant(Site site, ListUses.Use use) {
    String from = use.api().name();
    String to = names.getOrDefault(from, from);
    return site.source()
        .call(from, use.operation().position())
        .map(
            call ->
                site.mutant(
                    id,
                    site.source().line(call.start()),
                    from + " -> " + to,
                    List.of(new Source.Edit(call.start(), call.start() + from.length(), to)),
                    Harm.of(site, use)));
  }
}
