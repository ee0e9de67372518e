// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Function;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * The functions of a parsed file, lowered one by one: who needs a body or two of a file does not
 * pay for all. Holds the file's syntax trees. Not safe for several threads.
 */
public final class FileFunctions {
  private final int count;
  private final IntFunction<Function> lower;

  FileFunctions(int count, IntFunction<Function> lower) {
    this.count = count;
    this.lower = lower;
  }

  /** How many functions the file has. */
  public int count() {
    return count;
  }

  /**
   * Lowers a function, anew at each call.
   *
   * @param index the function's place in {@link dev.pinion.analyzer.ir.Unit#functions()}
   * @return what is at that place there; never fails for an index below {@link #count()}
   */
  public Function function(int index) {
    return lower.apply(Objects.checkIndex(index, count));
  }
}
