// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.parse.lower.FileFunctions;
import dev.pinion.analyzer.parse.lower.Lowering;

/** The way from bytes to IR, for the floors above, which know nothing of syntax trees. */
public final class FrontEnd {
  private FrontEnd() {}

  /**
   * Parses and lowers one file.
   *
   * @param bytes any bytes
   * @return what the file declares and does, and what of it could not be analysed; never fails
   */
  public static Unit unit(byte[] bytes) {
    return Lowering.lower(Parser.parse("file.c", bytes));
  }

  /**
   * Parses one file and lowers its functions as they are asked for.
   *
   * @param bytes any bytes
   * @return the functions of {@link #unit}, in the same order; never fails
   */
  public static FileFunctions functions(byte[] bytes) {
    return Lowering.later(Parser.parse("file.c", bytes));
  }
}
