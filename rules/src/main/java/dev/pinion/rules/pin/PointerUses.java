// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Optional;

/** What one function does with its pointers to counted objects. */
record PointerUses(Program program, FunctionRef function, Contexts.Body body) {
  static PointerUses in(Program program, FunctionRef function) {
    return new PointerUses(program, function, Contexts.of(program).body(function));
  }

  boolean isReassigned(AccessPath variable) {
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction i : block.instructions()) {
        Optional<AccessPath> target =
            i instanceof Instruction.Assign a
                ? Optional.of(a.target())
                : ((Instruction.Call) i).result();
        if (target.filter(variable::equals).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** The first call that takes a reference to what the pointer points to. */
  Optional<Instruction.Call> get(AccessPath pointer) {
    return counting(pointer, CountEffect.GET, CountEffect.TRY_GET).stream().findFirst();
  }

  /** The calls with one of these effects on the pointer, in the order of the blocks. */
  private List<Instruction.Call> counting(AccessPath pointer, CountEffect... wanted) {
    return Calls.of(body.function()).stream().filter(c -> has(c, pointer, wanted)).toList();
  }

  private boolean has(Instruction.Call call, AccessPath pointer, CountEffect... wanted) {
    CountEffects effects = CountEffects.of(program);
    for (int i = 0; i < call.arguments().size(); i++) {
      if (isOf(pointer, body.typing().canonical(call.arguments().get(i)))
          && effects
              .effect(call.name(), i, function.file())
              .filter(List.of(wanted)::contains)
              .isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value is the pointer itself, or the address of something right in its object. */
  private static boolean isOf(AccessPath pointer, Value value) {
    return value instanceof Value.Load load
        ? load.path().equals(pointer)
        : value instanceof Value.AddressOf a
            && a.path().startsWith(pointer)
            && a.path().holder().equals(pointer);
  }

  /** The call that gives the reference back, if every path from the store on does. */
  Optional<Instruction.Call> putAfter(AccessPath pointer, Instruction store) {
    List<Instruction.Call> puts = counting(pointer, CountEffect.PUT);
    if (puts.isEmpty()) {
      return Optional.empty();
    }
    Solution<Progress> solution =
        Solver.forward(body.function().cfg(), new StoreThenPut(store, puts));
    boolean always = solution.complete();
    for (BasicBlock block : body.function().cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return) {
        always &= solution.exit(block.id()).filter(p -> p == Progress.STORED).isEmpty();
      }
    }
    return always ? Optional.of(puts.get(puts.size() - 1)) : Optional.empty();
  }

  /** How far a path has come; the largest wins where paths meet. */
  private enum Progress {
    NOT_STORED,
    PUT,
    STORED
  }

  private record StoreThenPut(Instruction store, List<Instruction.Call> puts)
      implements Analysis<Progress> {
    @Override
    public Progress entry() {
      return Progress.NOT_STORED;
    }

    @Override
    public Progress join(Progress left, Progress right) {
      return left.compareTo(right) >= 0 ? left : right;
    }

    @Override
    public Progress after(Instruction instruction, Progress before) {
      if (instruction.equals(store)) {
        return Progress.STORED;
      }
      boolean puts = instruction instanceof Instruction.Call call && puts().contains(call);
      return before == Progress.STORED && puts ? Progress.PUT : before;
    }
  }

  /** The pointer leaves its old place, or the old place goes: its reference moves with it. */
  boolean isMoved(AccessPath source) {
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction i : block.instructions()) {
        if (i instanceof Instruction.Assign assign) {
          if (body.typing().canonical(assign.target()).equals(source)) {
            return true;
          }
        } else if (frees((Instruction.Call) i, source) || unlinks((Instruction.Call) i, source)) {
          return true;
        }
      }
    }
    return false;
  }

  /** What the pointer stands in is taken off its list: its entry goes, and what it holds moves. */
  private boolean unlinks(Instruction.Call call, AccessPath source) {
    AccessPath entry = source.parent();
    return !entry.isVariable()
        && program.model().does(call.name(), "list", "delete", "delete-init", "move")
        && call.arguments().stream()
            .map(body.typing()::canonical)
            .anyMatch(v -> v instanceof Value.AddressOf a && a.path().startsWith(entry));
  }

  private boolean frees(Instruction.Call call, AccessPath source) {
    return program.model().does(call.name(), "object", "free")
        && call.arguments().stream()
            .map(body.typing()::canonical)
            .anyMatch(v -> v instanceof Value.Load l && source.startsWith(l.path()));
  }
}
