// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which locks may be held: those that some path has taken and not given back. The other side of
 * {@link LockAnalysis}; what is in neither is surely not held by what the function does. A lock
 * that a result decides about is taken to be held, whatever the result.
 *
 * <p>Only {@link LockState#locks} is meant; the rest of the state serves to follow calls.
 */
public final class MaybeHeld implements Analysis<LockState> {
  private final LockAnalysis calls;

  /**
   * @param calls says what each call does
   */
  public MaybeHeld(LockAnalysis calls) {
    this.calls = calls;
  }

  @Override
  public LockState entry() {
    return calls.entry();
  }

  @Override
  public LockState join(LockState left, LockState right) {
    LockState both = left.meet(right);
    TreeMap<String, HeldLock> either = new TreeMap<>(left.locks());
    right.locks().forEach(either::putIfAbsent);
    return new LockState(either, both.sections(), both.pending(), both.released(), both.left());
  }

  @Override
  public LockState after(Instruction instruction, LockState before) {
    LockState state = calls.after(instruction, before);
    for (Map.Entry<String, LockState.Pending> pending : state.pending().entrySet()) {
      if (!pending.getValue().equals(before.pending().get(pending.getKey()))) {
        state = state.with(pending.getValue().lock());
      }
    }
    return state;
  }

  @Override
  public LockState along(Terminator terminator, int successor, LockState state) {
    return calls.along(terminator, successor, state);
  }
}
