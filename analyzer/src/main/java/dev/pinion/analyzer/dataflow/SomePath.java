// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

/** Whether something holds on some path that comes here; on entry it does not. */
public interface SomePath extends Analysis<Boolean> {
  @Override
  default Boolean entry() {
    return false;
  }

  @Override
  default Boolean join(Boolean left, Boolean right) {
    return left || right;
  }
}
