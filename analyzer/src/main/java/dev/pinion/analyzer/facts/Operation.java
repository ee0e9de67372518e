// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.ir.Position;
import java.util.List;

/**
 * A call that the model knows and that rules look for tree-wide: list operations, symbol look-ups,
 * references taken and dropped, callbacks started and waited for.
 *
 * @param api the name called
 */
public record Operation(String api, List<Operand> operands, Position position) {
  public Operation {
    operands = List.copyOf(operands);
  }

  /** The operand at that argument position, or {@link Operand#OTHER} if there is none. */
  public Operand operand(int index) {
    return index >= 0 && index < operands.size() ? operands.get(index) : Operand.OTHER;
  }
}
