// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A wait on a queue that only users wake can no longer be ended otherwise: it loses its time limit,
 * or no signal ends it any more.
 *
 * @param names what stands in the place of each
 * @param loses what goes with the name
 */
record ChangedWait(String id, Map<String, String> names, Loses loses, List<String> rules)
    implements Operator {
  ChangedWait {
    names = Map.copyOf(names);
    rules = List.copyOf(rules);
  }

  /** What the wait loses. */
  enum Loses {
    /** Its last argument; what it returns says that there was time left. */
    LIMIT(", 1)"),
    /** What it returns says that no signal came. */
    SIGNAL(", 0)");

    private final String result;

    Loses(String result) {
      this.result = result;
    }
  }

  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.doing(program, names.keySet());
  }

  @Override
  public List<Mutant> mutants(Site site) {
    WaitQueues queues = WaitQueues.of(site.program());
    UserWoken woken = new UserWoken(site.program());
    return queues.in(site.function()).stream()
        .filter(u -> names.containsKey(u.operation().api()))
        .filter(woken::isUpToUsers)
        .flatMap(u -> mutant(site, u).stream())
        .toList();
  }

  private Optional<Mutant> mutant(Site site, WaitQueues.Use use) {
    String from = use.operation().api();
    return Calls.at(site.program().ir(site.function()), from, use.operation().position())
        .flatMap(
            call ->
                site.spelled(call)
                    .map(
                        c ->
                            site.mutant(
                                id,
                                site.source().line(c.start()),
                                from + " -> " + names.getOrDefault(from, from),
                                edits(call, c),
                                site.understood())));
  }

  private List<Source.Edit> edits(Instruction.Call call, Source.Spelled at) {
    String from = call.name();
    String to = names.getOrDefault(from, from);
    boolean isUsed = call.result().isPresent();
    List<Source.Edit> edits = new ArrayList<>();
    edits.add(new Source.Edit(at.start(), at.start() + from.length(), (isUsed ? "(" : "") + to));
    if (loses == Loses.LIMIT && !at.commas().isEmpty()) {
      int last = at.commas().get(at.commas().size() - 1);
      edits.add(new Source.Edit(last, at.close(), ""));
    }
    if (isUsed) {
      edits.add(new Source.Edit(at.end(), at.end(), loses.result));
    }
    return edits;
  }
}
