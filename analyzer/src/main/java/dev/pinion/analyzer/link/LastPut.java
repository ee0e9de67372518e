// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a function calls, or hands on to be called, only once it has seen that it dropped the last
 * reference.
 */
final class LastPut {
  private final Program program;

  LastPut(Program program) {
    this.program = program;
  }

  /**
   * The functions behind the test that the tree defines: those that free something, or if none
   * does, all, such as a completion that someone who frees waits for.
   */
  Collection<FunctionRef> releases(FunctionRef put) {
    Collection<FunctionRef> freeing = freeing(put);
    return freeing.isEmpty() ? behindTest(put) : freeing;
  }

  /** The functions behind the test that free something. */
  Collection<FunctionRef> freeing(FunctionRef put) {
    return behindTest(put).stream().filter(f -> FreeingFunctions.frees(f, program)).toList();
  }

  private Collection<FunctionRef> behindTest(FunctionRef put) {
    Set<FunctionRef> all = new TreeSet<>();
    Contexts.Body body = Contexts.of(program).body(put);
    Solver.forward(body.function().cfg(), new BehindTest(program, body.typing()))
        .forEach(
            (block, instruction, behind) -> {
              if (behind && instruction instanceof Instruction.Call call) {
                program.resolve(call.name(), put.file()).ifPresent(all::add);
                passedOn(put, call, all);
              }
            });
    return all;
  }

  private void passedOn(FunctionRef put, Instruction.Call call, Collection<FunctionRef> into) {
    for (FunctionFacts.Reference r : program.facts(put).references()) {
      if (r.callee().equals(call.name()) && r.argument() < call.arguments().size()) {
        program.resolve(r.name(), put.file()).ifPresent(into::add);
      }
    }
  }

  /** Whether every path has seen a counting primitive say that it was the last reference. */
  private record BehindTest(Program program, Typing typing) implements Analysis<Boolean> {
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
      return before;
    }

    @Override
    public Boolean along(Terminator terminator, int successor, Boolean state) {
      if (!(terminator instanceof Terminator.Branch branch)
          || branch.ifTrue() == branch.ifFalse()
          || !(branch.condition().left() instanceof Value.Load load)
          || !branch.condition().right().equals(Value.ZERO)
          || !isTest(load)) {
        return state;
      }
      Condition.Operator operator = branch.condition().operator();
      return state
          || (operator == Condition.Operator.NE && successor == branch.ifTrue())
          || (operator == Condition.Operator.EQ && successor == branch.ifFalse());
    }

    private boolean isTest(Value.Load load) {
      return typing
          .definition(load.path().root())
          .filter(
              d ->
                  d instanceof Instruction.Call call
                      && CountingUses.primitive(program, call.name())
                          .filter(a -> a.is("test"))
                          .isPresent())
          .isPresent();
    }
  }
}
