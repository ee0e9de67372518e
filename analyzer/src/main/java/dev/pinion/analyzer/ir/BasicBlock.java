// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.List;

/** Straight-line code with one end. */
public record BasicBlock(int id, List<Instruction> instructions, Terminator terminator) {
  public BasicBlock {
    instructions = List.copyOf(instructions);
  }
}
