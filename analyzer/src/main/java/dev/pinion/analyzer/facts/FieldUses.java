// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the names of fields through which a file goes on: {@code f} in {@code x->f->g}, in
 * {@code call(x->f)}, in {@code p = x->f} with a pointer {@code p}, in {@code x->f(…)}. An index
 * for who may use a pointer that someone else stored; what the names mean is for link to say.
 */
final class FieldUses {
  private final Set<String> names = new HashSet<>();

  void add(Function function, Typing typing) {
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        add(instruction, typing);
      }
      if (block.terminator() instanceof Terminator.Branch branch) {
        through(branch.condition().left());
        through(branch.condition().right());
      } else if (block.terminator() instanceof Terminator.Return r) {
        r.value().ifPresent(this::whole);
      } else if (block.terminator() instanceof Terminator.Switch s) {
        through(s.value());
      }
    }
  }

  List<String> names() {
    String[] sorted = names.toArray(String[]::new);
    Arrays.sort(sorted);
    return List.of(sorted);
  }

  private void add(Instruction instruction, Typing typing) {
    if (instruction instanceof Instruction.Assign assign) {
      through(assign.target());
      if (assign.target().isVariable() && isPointer(assign.target().root(), typing)) {
        whole(assign.value());
      } else {
        through(assign.value());
      }
      return;
    }
    Instruction.Call call = (Instruction.Call) instruction;
    for (Value argument : call.arguments()) {
      whole(argument);
    }
    call.result().ifPresent(this::through);
    if (call.callee() instanceof Instruction.Callee.Indirect indirect) {
      through(indirect.path());
      last(indirect.path());
    }
  }

  private static boolean isPointer(String name, Typing typing) {
    Variable variable = typing.variable(name);
    return variable != null && variable.type().isPointer();
  }

  private void whole(Value value) {
    through(value);
    if (value instanceof Value.Load load) {
      last(load.path());
    }
  }

  private void last(AccessPath path) {
    addUnlessEmpty(path.lastField());
  }

  private void through(Value value) {
    if (value instanceof Value.Load load) {
      through(load.path());
    } else if (value instanceof Value.AddressOf address) {
      through(address.path());
    } else if (value instanceof Value.Compound compound) {
      for (Value operand : compound.operands()) {
        through(operand);
      }
    } else if (value instanceof Value.ContainerOf entry) {
      through(entry.inner());
    }
  }

  private void through(AccessPath path) {
    if (path.isVariable()) {
      return;
    }
    String field = "";
    for (Step step : path.steps()) {
      if (step instanceof Step.Arrow arrow) {
        addUnlessEmpty(field);
        field = arrow.name();
      } else if (step instanceof Step.Dot dot) {
        field = dot.name();
      } else {
        addUnlessEmpty(field);
        field = "";
      }
    }
  }

  private void addUnlessEmpty(String field) {
    if (!field.isEmpty()) {
      names.add(field);
    }
  }
}
