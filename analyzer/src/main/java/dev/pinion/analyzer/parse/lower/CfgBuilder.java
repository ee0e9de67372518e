// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects blocks while a function is lowered. Blocks are named by the number {@link #newBlock()}
 * gave them; what follows an end of a block and is not a {@link #start} is dead code, which is
 * collected too (it may hold labels) and dropped by {@link CfgSimplifier}.
 */
final class CfgBuilder {
  /** No block is open: the last one has its end. */
  private static final int CLOSED = -1;

  private final List<List<Instruction>> instructions = new ArrayList<>();
  private final List<@Nullable Terminator> ends = new ArrayList<>();
  private int current;
  private int total;

  CfgBuilder() {
    current = newBlock();
  }

  int newBlock() {
    if (ends.size() >= Limits.BLOCKS) {
      throw new LimitReached("more than " + Limits.BLOCKS + " blocks");
    }
    instructions.add(List.of());
    ends.add(null);
    return ends.size() - 1;
  }

  /** Goes on in {@code block}; an open block falls through into it. */
  void start(int block) {
    if (current != CLOSED) {
      end(new Terminator.Jump(block));
    }
    current = block;
  }

  /** The block under construction; a new one if the last has ended. */
  int current() {
    if (current == CLOSED) {
      current = newBlock();
    }
    return current;
  }

  void add(Instruction instruction) {
    int block = current();
    List<Instruction> list = instructions.get(block);
    if (list.isEmpty()) {
      list = new ArrayList<>();
      instructions.set(block, list);
    }
    if (++total > Limits.INSTRUCTIONS) {
      throw new LimitReached("more than " + Limits.INSTRUCTIONS + " instructions");
    }
    list.add(instruction);
  }

  void jump(int target) {
    if (current != CLOSED) {
      end(new Terminator.Jump(target));
    }
  }

  void branch(Condition condition, int ifTrue, int ifFalse, Position position) {
    end(new Terminator.Branch(condition, ifTrue, ifFalse, position));
  }

  void iterate(int body, int exit, Position position) {
    end(new Terminator.Iterate(body, exit, position));
  }

  void choose(Value value, List<Terminator.Case> cases, int otherwise, Position position) {
    end(new Terminator.Switch(value, cases, otherwise, position));
  }

  void ret(Optional<Value> value, Position position) {
    end(new Terminator.Return(value, position));
  }

  void unreachable() {
    end(new Terminator.Unreachable());
  }

  private void end(Terminator terminator) {
    ends.set(current(), terminator);
    current = CLOSED;
  }

  /** The function ends here: an open block returns. */
  void finish(Position end) {
    if (current != CLOSED) {
      ret(Optional.empty(), end);
    }
  }

  /** The finished graph; no block may be open. */
  Cfg build() {
    List<Terminator> all = new ArrayList<>(ends.size());
    for (Terminator end : ends) {
      all.add(end == null ? new Terminator.Unreachable() : end);
    }
    return new CfgSimplifier(instructions, all).simplify();
  }
}
