// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Collects the names of fields through which a file goes on: {@code f} in {@code x->f->g}, in
 * {@code call(x->f)}, in {@code p = x->f} with a pointer {@code p}, in {@code x->f(…)}. An index
 * for who may use a pointer that someone else stored; what the names mean is for link to say.
 */
final class FieldUses {
  private final SortedSet<String> names = new TreeSet<>();
  private Map<String, Boolean> pointers = Map.of();

  void add(Function function) {
    pointers = new HashMap<>();
    function.variables().forEach(v -> pointers.put(v.name(), v.type().isPointer()));
    for (BasicBlock block : function.cfg().blocks()) {
      block.instructions().forEach(this::add);
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
    return List.copyOf(names);
  }

  private void add(Instruction instruction) {
    if (instruction instanceof Instruction.Assign assign) {
      through(assign.target());
      boolean kept =
          assign.target().isVariable() && pointers.getOrDefault(assign.target().root(), false);
      if (kept) {
        whole(assign.value());
      } else {
        through(assign.value());
      }
      return;
    }
    Instruction.Call call = (Instruction.Call) instruction;
    call.arguments().forEach(this::whole);
    call.result().ifPresent(this::through);
    if (call.callee() instanceof Instruction.Callee.Indirect indirect) {
      through(indirect.path());
      last(indirect.path());
    }
  }

  private void whole(Value value) {
    through(value);
    if (value instanceof Value.Load load) {
      last(load.path());
    }
  }

  private void last(AccessPath path) {
    if (!path.lastField().isEmpty()) {
      names.add(path.lastField());
    }
  }

  private void through(Value value) {
    if (value instanceof Value.Load load) {
      through(load.path());
    } else if (value instanceof Value.AddressOf address) {
      through(address.path());
    } else if (value instanceof Value.Compound compound) {
      compound.operands().forEach(this::through);
    } else if (value instanceof Value.ContainerOf entry) {
      through(entry.inner());
    }
  }

  private void through(AccessPath path) {
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
