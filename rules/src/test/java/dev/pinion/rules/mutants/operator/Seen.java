// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members that tests read, by their names; of those of which a function looks at one bit or the
 * like, {@code test_bit(READY, &p->flags)}, with what it looks for: {@code READY:flags}; and the
 * functions that are given no member, {@code is_down()}.
 */
final class Seen {
  private Seen() {}

  /** What is read by tests, and given to what may be a test, on the ways on from a call. */
  static Set<String> behind(Cfg cfg, Instruction.Call call) {
    Set<String> all = new TreeSet<>();
    for (BasicBlock start : cfg.of(call)) {
      int at = start.instructions().indexOf(call);
      read(start.instructions().subList(at + 1, start.instructions().size()), all);
      read(start.terminator(), all);
      for (int id : cfg.after(start.id())) {
        read(cfg.block(id).instructions(), all);
        read(cfg.block(id).terminator(), all);
      }
    }
    return all;
  }

  private static void read(List<Instruction> instructions, Set<String> into) {
    for (Instruction instruction : instructions) {
      if (instruction instanceof Instruction.Call call && call.result().isPresent()) {
        in(new Value.Compound(call.name().isEmpty() ? "?" : call.name(), call.arguments()), into);
      } else if (instruction instanceof Instruction.Assign assign && assign.target().isVariable()) {
        in(assign.value(), into);
      }
    }
  }

  private static void read(Terminator end, Set<String> into) {
    if (end instanceof Terminator.Branch branch) {
      in(branch.condition().left(), into);
      in(branch.condition().right(), into);
    } else if (end instanceof Terminator.Return leave) {
      leave.value().ifPresent(v -> in(v, into));
    }
  }

  /** The members that a value reads. */
  static void in(Value value, Set<String> into) {
    if (value instanceof Value.Load load) {
      into.addAll(member(load.path()));
    } else if (value instanceof Value.AddressOf address) {
      into.addAll(member(address.path()));
    } else if (value instanceof Value.Compound compound) {
      String part = part(compound);
      Set<String> all = new TreeSet<>();
      compound.operands().forEach(o -> in(o, all));
      all.forEach(m -> into.add(part + m));
      if (all.isEmpty() && Character.isLowerCase(compound.operator().charAt(0))) {
        into.add(compound.operator() + "()");
      }
    }
  }

  /** What a call looks for in its second argument: a number, or a name for one. */
  private static String part(Value.Compound call) {
    List<Value> operands = new ArrayList<>(call.operands());
    boolean isOfTwo =
        operands.size() == 2
            && Character.isLetter(call.operator().charAt(0))
            && (operands.get(0) instanceof Value.Constant
                || (operands.get(0) instanceof Value.Load load && load.path().isVariable()));
    return isOfTwo ? operands.get(0) + ":" : "";
  }

  private static Set<String> member(AccessPath path) {
    return path.lastField().isEmpty() ? Set.of() : Set.of(path.lastField());
  }
}
