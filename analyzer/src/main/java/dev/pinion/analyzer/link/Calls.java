// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls of a body. */
public final class Calls {
  private Calls() {}

  /** All calls, in block order. */
  public static List<Instruction.Call> of(Function function) {
    List<Instruction.Call> calls = new ArrayList<>();
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Call call) {
          calls.add(call);
        }
      }
    }
    return calls;
  }

  /** The direct calls of that name, in block order. */
  public static List<Instruction.Call> of(Function function, String name) {
    return of(function).stream().filter(c -> c.calls(name)).toList();
  }

  /** The direct call of that name at that place. */
  public static Optional<Instruction.Call> at(Function function, String name, Position position) {
    return of(function, name).stream().filter(c -> c.position().equals(position)).findFirst();
  }
}
