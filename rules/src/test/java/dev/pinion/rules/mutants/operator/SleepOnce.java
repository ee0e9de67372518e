// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code wait_event()} becomes a sleep after which nobody looks again, where neither what follows
 * nor a loop around the call does.
 */
record SleepOnce(String id, List<String> rules) implements Operator {
  private static final String WAIT = "wait_event";

  @Override
  public Collection<FunctionRef> functions(Program program) {
    return Operations.doing(program, List.of(WAIT));
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return WaitQueues.of(site.program()).in(site.function()).stream()
        .filter(u -> u.operation().api().equals(WAIT))
        .flatMap(
            u ->
                Calls.at(site.program().ir(site.function()), WAIT, u.operation().position())
                    .stream())
        .filter(c -> c.arguments().size() == 2 && isNeverSeenAgain(site, c))
        .flatMap(c -> mutant(site, c).stream())
        .toList();
  }

  private static boolean isNeverSeenAgain(Site site, Instruction.Call wait) {
    Cfg cfg = site.program().ir(site.function()).cfg();
    Set<String> waited = new TreeSet<>();
    Seen.in(wait.arguments().get(1), waited);
    return waited.stream().anyMatch(w -> !w.endsWith("()"))
        && !cfg.leads(wait, wait)
        && Collections.disjoint(Seen.behind(cfg, wait), waited)
        && site.program().callersOf(site.function()).stream()
            .noneMatch(c -> loops(site.program(), c, site.function().name()));
  }

  private static boolean loops(Program program, FunctionRef caller, String name) {
    Cfg cfg = program.ir(caller).cfg();
    return Calls.of(program.ir(caller), name).stream().anyMatch(c -> cfg.leads(c, c));
  }

  /** What is assigned is looked at behind. */
  private static boolean assigns(String condition) {
    return condition.matches(".*[^=!<>]=[^=].*");
  }

  private Optional<Mutant> mutant(Site site, Instruction.Call wait) {
    Optional<Source.Spelled> call = site.statement(wait);
    Optional<String> queue = site.argument(wait, 0);
    Optional<String> condition = site.argument(wait, 1).map(c -> c.replaceAll("\\s+", " "));
    if (call.isEmpty() || queue.isEmpty() || condition.filter(c -> !assigns(c)).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        site.mutant(
            id,
            site.source().line(call.get().start()),
            "sleeps once for " + condition.get(),
            List.of(
                new Source.Edit(
                    call.get().start(), call.get().end(), once(queue.get(), condition.get()))),
            site.understood()));
  }

  private static String once(String queue, String condition) {
    return String.format(
        "{ DEFINE_WAIT(once); prepare_to_wait(&%1$s, &once, TASK_UNINTERRUPTIBLE);"
            + " if (!(%2$s)) schedule(); finish_wait(&%1$s, &once); }",
        queue, condition);
  }
}
