// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.SomePath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Frees;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether the object that a list hangs on is freed on every path after a removal, at once and not
 * through RCU. Whoever could still walk the list would walk freed memory whatever the removal did,
 * so the code relies on there being nobody, and the removal is not the defect.
 */
final class OwnerFreed {
  private static final int MAX_LEVELS = 2;

  private final Program program;

  private OwnerFreed(Program program) {
    this.program = program;
  }

  /** The frees that prove it. */
  static Optional<List<Related>> surely(Update update, AccessPath owner) {
    return surely(update.program(), update.ref(), update.call(), owner);
  }

  /** The same after a call that frees what a pointer in the owner had. */
  static Optional<List<Related>> surely(
      Program program, FunctionRef function, Instruction.Call call, AccessPath owner) {
    return new OwnerFreed(program).after(function, call::equals, owner, MAX_LEVELS);
  }

  private Optional<List<Related>> after(
      FunctionRef function, Predicate<Instruction> start, AccessPath owner, int levels) {
    Contexts.Body body = Contexts.of(program).body(function);
    List<Related> frees = new ArrayList<>();
    Solution<Boolean> leftOver =
        Solver.forward(body.function().cfg(), new Pending(function, body, start, owner, frees));
    boolean freed = leftOver.complete();
    for (BasicBlock block : body.function().cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return) {
        freed &= !leftOver.exit(block.id()).orElse(false);
      }
    }
    if (freed && !frees.isEmpty()) {
      return Optional.of(frees.stream().distinct().toList());
    }
    int parameter = owner.isVariable() ? body.function().parameterIndex(owner.root()) : -1;
    return parameter >= 0 && levels > 0
        ? inAllCallers(function, parameter, levels - 1)
        : Optional.empty();
  }

  private Optional<List<Related>> inAllCallers(FunctionRef function, int parameter, int levels) {
    List<Related> proof = new ArrayList<>();
    for (CallSites.Site site : CallSites.into(program, function).orElse(List.of())) {
      Optional<List<Related>> one =
          site.passed(parameter).flatMap(p -> after(site.caller(), site.call()::equals, p, levels));
      if (one.isEmpty()) {
        return one;
      }
      proof.addAll(one.get());
    }
    return proof.isEmpty() ? Optional.empty() : Optional.of(proof);
  }

  /** Whether some path has passed the removal and not freed the owner since. */
  private final class Pending implements SomePath {
    private final FunctionRef function;
    private final Contexts.Body body;
    private final Predicate<Instruction> start;
    private final AccessPath owner;
    private final List<Related> frees;

    Pending(
        FunctionRef function,
        Contexts.Body body,
        Predicate<Instruction> start,
        AccessPath owner,
        List<Related> frees) {
      this.function = function;
      this.body = body;
      this.start = start;
      this.owner = owner;
      this.frees = frees;
    }

    @Override
    public Boolean after(Instruction instruction, Boolean before) {
      if (start.test(instruction)) {
        return true;
      }
      if (before
          && instruction instanceof Instruction.Call call
          && Frees.of(program)
              .byCall(function, body.typing(), call, owner.toString())
              .isPresent()) {
        frees.add(
            new Related(
                Location.of(function.file(), call.position()),
                "'" + owner.spelled() + "' is freed here"));
        return false;
      }
      return before;
    }
  }
}
