// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The put is left out by which a loop that holds a reference to its cursor is left early: {@code
 * of_node_put(child); return ret;}.
 */
record DroppedLoopPut(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    List<String> loops = new ArrayList<>();
    for (Api api : program.model().family("reference")) {
      if (api.operation().equals("each")) {
        loops.add(api.name());
      }
    }
    return Operations.calling(program, loops);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    List<CountCalls.Count> puts = new CountCalls(site).all(CountEffect.PUT);
    Cfg cfg = site.program().ir(site.function()).cfg();
    List<Mutant> all = new ArrayList<>();
    for (CountCalls.Count put : puts) {
      // Who goes round again gives to the macro what it gives back itself.
      Optional<Instruction.Call> left =
          loops(site).stream()
              .filter(
                  l ->
                      cursor(site, l).filter(put.object()::equals).isPresent()
                          && cfg.leads(l, put.call())
                          && !cfg.leads(put.call(), l))
              .findFirst();
      if (isInside(cfg, site, put)) {
        left.flatMap(l -> mutant(site, put, l)).ifPresent(all::add);
      }
    }
    return all;
  }

  private static List<Instruction.Call> loops(Site site) {
    return Calls.of(site.program().ir(site.function())).stream()
        .filter(c -> c.kind() == Instruction.CallKind.ITERATOR)
        .filter(c -> site.program().model().does(c.name(), "reference", "each"))
        .toList();
  }

  private static Optional<AccessPath> cursor(Site site, Instruction.Call loop) {
    int cursor =
        site.program()
            .model()
            .find("reference", loop.name())
            .map(r -> r.argument("cursor"))
            .orElse(-1);
    return cursor >= 0
            && cursor < loop.arguments().size()
            && loop.arguments().get(cursor) instanceof Value.Load load
        ? Optional.of(load.path())
        : Optional.empty();
  }

  /** Whether the cursor is nothing but a cursor: no other call assigns it. */
  private static boolean isInside(Cfg cfg, Site site, CountCalls.Count put) {
    return Calls.of(site.program().ir(site.function())).stream()
        .filter(c -> c.kind() != Instruction.CallKind.ITERATOR)
        .noneMatch(
            c -> c.result().filter(put.object()::equals).isPresent() && cfg.leads(c, put.call()));
  }

  private Optional<Mutant> mutant(Site site, CountCalls.Count put, Instruction.Call loop) {
    return site.statement(put.call())
        .map(
            c ->
                site.replaced(
                    id,
                    c,
                    "(void)0",
                    "without " + put.call().name() + "() of the cursor",
                    new Passing(site, put).since(loop)));
  }
}
