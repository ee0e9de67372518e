// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A wait for a grace period, after a removal in the same function, is left out. */
record DroppedGracePeriod(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    List<String> waits = new ArrayList<>();
    for (Api api : program.model().family("rcu")) {
      if (api.operation().equals("wait") && api.argument("free") < 0) {
        waits.add(api.name());
      }
    }
    return Operations.calling(program, waits).stream()
        .filter(f -> !program.facts(f).operations().isEmpty())
        .toList();
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.calls("rcu").flatMap(c -> mutant(site, c).stream()).toList();
  }

  private Optional<Mutant> mutant(Site site, Site.Known wait) {
    if (!wait.api().operation().equals("wait") || wait.api().argument("free") >= 0) {
      return Optional.empty();
    }
    Optional<ListUses.Use> removal =
        site.listUses()
            .filter(u -> u.api().is("unlink"))
            .filter(u -> u.operation().position().compareTo(wait.call().position()) < 0)
            .reduce((first, second) -> second);
    return removal.flatMap(
        r ->
            site.spelled(wait.call())
                .map(
                    call ->
                        site.replaced(
                                id,
                                call,
                                "(void)0",
                                "without "
                                    + wait.api().name()
                                    + "() after "
                                    + r.api().name()
                                    + "()",
                                Harm.of(site, r))
                            .with(site.callersFiles())));
  }
}
