// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code kfree_rcu(p, rcu)} becomes {@code kfree(p)}. */
record PlainFree(String id, List<String> rules) implements Operator {
  private static final Map<String, String> PLAIN =
      Map.of(
          "kfree_rcu", "kfree",
          "kvfree_rcu", "kvfree",
          "kfree_rcu_mightsleep", "kfree",
          "kvfree_rcu_mightsleep", "kvfree");

  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.calling(program, PLAIN.keySet());
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.calls("rcu").flatMap(c -> mutant(site, c).stream()).toList();
  }

  private Optional<Mutant> mutant(Site site, Site.Known free) {
    String from = free.api().name();
    String to = PLAIN.getOrDefault(from, "");
    return to.isEmpty()
        ? Optional.empty()
        : site.spelled(free.call())
            .map(
                call ->
                    site.mutant(
                            id,
                            site.source().line(call.start()),
                            from + " -> " + to,
                            edits(call, from, to),
                            Harm.ofFreeing(site, free.call()))
                        .with(site.callersFiles()));
  }

  /** The name, and the argument that says where the object's {@code rcu_head} is. */
  private static List<Source.Edit> edits(Source.Spelled call, String from, String to) {
    List<Source.Edit> edits = new ArrayList<>();
    edits.add(new Source.Edit(call.start(), call.start() + from.length(), to));
    call.commas().stream()
        .limit(1)
        .forEach(comma -> edits.add(new Source.Edit(comma, call.close(), "")));
    return edits;
  }
}
