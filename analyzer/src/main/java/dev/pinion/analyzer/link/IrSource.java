// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.Function;
import java.util.Optional;

/** Gives the bodies that facts leave out. Safe for several threads; answers may be recomputed. */
public interface IrSource extends KnownBodies {
  /**
   * A lowered function.
   *
   * @param file path of the file
   * @param index its place among the functions in the file's facts
   */
  Function body(String file, int index);

  @Override
  default Optional<Function> known(String file, int index) {
    return Optional.empty();
  }
}
