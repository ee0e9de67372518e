// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.Function;
import java.util.Optional;

/** Bodies as far as they are known without a look at their files, which may be others by now. */
public interface KnownBodies {
  /** A lowered function by its place in the file; empty if nobody knows it. */
  Optional<Function> known(String file, int index);
}
