// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All calls that open and close read-side sections around the walks of a function are left out. */
record DroppedSection(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    List<String> names = new ArrayList<>();
    for (Api api : program.model().family("rcu")) {
      if (isSection(api)) {
        names.add(api.name());
      }
    }
    Set<FunctionRef> callers = Set.copyOf(Operations.calling(program, names));
    return Operations.doing(program, walks(program)).stream().filter(callers::contains).toList();
  }

  private static List<String> walks(Program program) {
    List<String> names = new ArrayList<>();
    for (Api api : program.model().family("list")) {
      if (api.is("rcu") && api.operation().equals("walk")) {
        names.add(api.name());
      }
    }
    return names;
  }

  /** Sections that are opened for their own sake: not those of disabled interrupts. */
  private static boolean isSection(Api api) {
    return (api.operation().equals("enter") || api.operation().equals("leave"))
        && api.name().contains("rcu_read_");
  }

  @Override
  public List<Mutant> mutants(Site site) {
    List<Source.Edit> edits = new ArrayList<>();
    for (Site.Known known : site.calls("rcu").filter(c -> isSection(c.api())).toList()) {
      Optional<Source.Spelled> call = site.spelled(known.call());
      if (call.isEmpty()) {
        return List.of(); // One that stays would end a section that nobody opens.
      }
      String nothing = known.call().result().isPresent() ? "0" : "(void)0";
      edits.add(new Source.Edit(call.get().start(), call.get().end(), nothing));
    }
    List<ListUses.Use> walks =
        site.listUses()
            .filter(ListUses.Use::isLocklessRead)
            .filter(u -> isInside(site, u))
            .toList();
    return edits.isEmpty() || walks.isEmpty()
        ? List.of()
        : List.of(
            site.mutant(
                id,
                walks.get(0).operation().position().line(),
                "without the section around " + walks.get(0).api().name() + "()",
                edits.stream().distinct().toList(),
                Harm.ofWalking(site, walks)));
  }

  private static boolean isInside(Site site, ListUses.Use walk) {
    return Contexts.of(site.program()).at(site.function(), walk.operation().position()).inSection();
  }
}
