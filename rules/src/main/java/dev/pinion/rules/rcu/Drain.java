// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.model.Api;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a removal is in a loop that takes every node off: no way leads round the loop without
 * passing it, and the function puts none on. Lists are emptied like that when what they hang on
 * goes; whether a reader is left then is a question of lifetimes, which this rule does not answer.
 */
final class Drain {
  private Drain() {}

  static boolean isWhole(Update update) {
    Cfg cfg = update.function().cfg();
    Solution<Boolean> passed = Solver.forward(cfg, new Passed(update));
    boolean inLoop = false;
    for (BasicBlock block : cfg.blocks()) {
      for (int successor : block.terminator().successors()) {
        boolean back = successor <= block.id();
        if (!back || !isInLoop(cfg, successor, update)) {
          continue;
        }
        if (!passed.exit(block.id()).orElse(false)) {
          return false;
        }
        inLoop = true;
      }
    }
    return inLoop && passed.complete() && !isFilledHere(update);
  }

  /** Whether the removal is in the natural loop of the edges that lead back to {@code head}. */
  private static boolean isInLoop(Cfg cfg, int head, Update update) {
    Set<Integer> loop = new TreeSet<>(Set.of(head));
    for (BasicBlock block : cfg.blocks()) {
      if (block.id() >= head && block.terminator().successors().contains(head)) {
        loop.add(block.id());
      }
    }
    boolean grows = true;
    while (grows) {
      grows = false;
      for (BasicBlock block : cfg.blocks()) {
        boolean leadsIn =
            block.terminator().successors().stream().anyMatch(s -> s != head && loop.contains(s));
        grows |= leadsIn && loop.add(block.id());
      }
    }
    return loop.stream().anyMatch(id -> cfg.block(id).instructions().contains(update.call()));
  }

  /** Whether the function also puts nodes on that list, so that it does not end here. */
  private static boolean isFilledHere(Update update) {
    return Calls.of(update.function()).stream()
        .anyMatch(
            call -> {
              Optional<Api> insert =
                  update
                      .program()
                      .model()
                      .find("list", call.name())
                      .filter(a -> a.does("list", "insert"));
              int head = insert.map(a -> a.argument("head")).orElse(-1);
              return head >= 0
                  && head < call.arguments().size()
                  && NodeOrigins.of(update)
                      .first()
                      .filter(
                          o ->
                              o.function().equals(update.ref())
                                  && o.head()
                                      .equals(
                                          update.typing().canonical(call.arguments().get(head))))
                      .isPresent();
            });
  }

  /** Whether the removal was passed since the node was last chosen. */
  private record Passed(Update update) implements Analysis<Boolean> {
    @Override
    public Boolean entry() {
      return false;
    }

    @Override
    public Boolean join(Boolean left, Boolean right) {
      return left && right;
    }

    @Override
    public Boolean after(Instruction instruction, Boolean before) {
      if (instruction.equals(update.call())) {
        return true;
      }
      String cursor = update.node().root();
      boolean chosen =
          instruction instanceof Instruction.Assign assign
              ? assign.target().isVariable() && assign.target().root().equals(cursor)
              : ((Instruction.Call) instruction)
                  .result()
                  .filter(r -> r.isVariable() && r.root().equals(cursor))
                  .isPresent();
      return before && !chosen;
    }
  }
}
