// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Origins;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * {@code complete_all()} becomes {@code complete()}, where that is the only one who completes,
 * nobody makes the completion new, and system calls of any number of threads wait for it.
 */
record CompleteOne(String id, List<String> rules) implements Operator {
  private static final String ALL = "complete_all";
  private static final String ONE = "complete";

  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.doing(program, List.of(ALL));
  }

  @Override
  public List<Mutant> mutants(Site site) {
    WaitQueues queues = WaitQueues.of(site.program());
    return queues.in(site.function()).stream()
        .filter(u -> u.operation().api().equals(ALL))
        .filter(u -> queues.queue(u).filter(q -> mayLeaveSome(site.program(), u, q)).isPresent())
        .flatMap(u -> mutant(site, u).stream())
        .toList();
  }

  /** Whether more may wait than one, now or later, and nobody else lets them go. */
  private static boolean mayLeaveSome(Program program, WaitQueues.Use complete, FieldRef queue) {
    List<WaitQueues.Use> uses = WaitQueues.of(program).of(queue);
    UserWoken users = new UserWoken(program);
    return uses.stream().allMatch(u -> u.api().isPresent() && !u.does("reset"))
        && uses.stream().noneMatch(u -> u.wakes() && !u.equals(complete))
        && uses.stream().anyMatch(u -> u.does("wait") && users.isOfUsers(u));
  }

  private Optional<Mutant> mutant(Site site, WaitQueues.Use use) {
    return site.source()
        .call(ALL, use.operation().position())
        .map(
            call ->
                site.mutant(
                    id,
                    site.source().line(call.start()),
                    ALL + " -> " + ONE,
                    List.of(new Source.Edit(call.start(), call.start() + ALL.length(), ONE)),
                    known(site)));
  }

  private static Mutant.Known known(Site site) {
    boolean once =
        Origins.of(site.program()).deciding(site.function()).stream()
            .allMatch(o -> o.kind() == Origins.Kind.COMES || o.kind() == Origins.Kind.ONCE);
    return once ? site.understood() : Mutant.Known.obstacle("who completes may come again");
  }
}
