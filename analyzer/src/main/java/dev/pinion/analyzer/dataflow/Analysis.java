// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;

/**
 * A forward data-flow problem over states {@code S}.
 *
 * <p>States are immutable values with {@code equals}. {@code join} is commutative, associative and
 * idempotent, the transfer functions are monotone, and chains are finite or cut by the solver's
 * limit.
 */
public interface Analysis<S> {
  /** What holds when the function is entered. */
  S entry();

  /** What holds where two paths meet. */
  S join(S left, S right);

  /** What holds after an instruction. */
  S after(Instruction instruction, S before);

  /**
   * What holds on the way to {@code successor}; the place to learn from conditions. The default
   * learns nothing.
   */
  default S along(Terminator terminator, int successor, S state) {
    return state;
  }
}
