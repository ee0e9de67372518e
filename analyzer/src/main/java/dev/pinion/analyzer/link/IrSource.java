// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.Unit;

/** Gives the bodies that facts leave out. Safe for several threads; answers may be recomputed. */
public interface IrSource {
  /** The lowered file; the same functions in the same order as in its facts. */
  Unit unit(String file);
}
