// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.EveryPath;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.model.Api;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls surely wait for an RCU grace period: the primitives, and functions that call one on
 * every path.
 */
public final class GracePeriods {
  private static final int MAX_LEVELS = 3;

  private final Program program;

  private GracePeriods(Program program) {
    this.program = program;
  }

  public static GracePeriods of(Program program) {
    return program.memo(GracePeriods.class, () -> new GracePeriods(program));
  }

  /** Whether the function may wait for a grace period, itself or in a callee not too deep. */
  public boolean mayWaitIn(FunctionRef function) {
    return mayWaitIn(function, MAX_LEVELS);
  }

  private boolean mayWaitIn(FunctionRef function, int levels) {
    return program.memo(
        List.of("GracePeriods.mayWaitIn", function, levels),
        () -> {
          List<String> callees = program.facts(function).callees();
          return callees.stream().anyMatch(c -> program.model().does(c, "rcu", "wait"))
              || (levels > 1
                  && callees.stream()
                      .flatMap(c -> program.resolve(c, function.file()).stream())
                      .anyMatch(c -> mayWaitIn(c, levels - 1)));
        });
  }

  /** Whether the call, in that function, returns only after a grace period of one of these. */
  public boolean waits(FunctionRef caller, Instruction.Call call, Set<Flavour> flavours) {
    return flavours.stream().anyMatch(f -> waits(caller, call, f, MAX_LEVELS));
  }

  private boolean waits(FunctionRef caller, Instruction.Call call, Flavour flavour, int levels) {
    Optional<Api> primitive = program.model().find("rcu", call.name());
    if (primitive.isPresent()) {
      return primitive.get().operation().equals("wait")
          && flavour.isAwaitedBy(primitive.get(), call);
    }
    if (levels == 0 || call.name().isEmpty()) {
      return false;
    }
    Optional<FunctionRef> callee = program.resolve(call.name(), caller.file());
    return callee.isPresent()
        && mayWaitIn(callee.get())
        && mustWait(callee.get(), flavour, levels - 1);
  }

  private boolean mustWait(FunctionRef function, Flavour flavour, int levels) {
    return program.memo(
        List.of("mustWait", function, flavour, levels),
        () -> everyPathWaits(function, flavour, levels));
  }

  private boolean everyPathWaits(FunctionRef function, Flavour flavour, int levels) {
    Cfg cfg = program.ir(function).cfg();
    EveryPath waited =
        (instruction, before) ->
            before
                || (instruction instanceof Instruction.Call call
                    && waits(function, call, flavour, levels));
    Solution<Boolean> solution = Solver.forward(cfg, waited);
    boolean returns = false;
    for (BasicBlock block : cfg.blocks()) {
      if (block.terminator() instanceof Terminator.Return
          && solution.entry(block.id()).isPresent()) {
        returns = true;
        if (!solution.exit(block.id()).orElse(false)) {
          return false;
        }
      }
    }
    return returns && solution.complete();
  }
}
