// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.ir.Unit;
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
}
