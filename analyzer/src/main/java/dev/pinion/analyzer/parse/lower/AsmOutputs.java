// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.parse.syntax.Statement;

/** The places that inline assembly writes: {@code "=r" (x)} and {@code "+m" (*p)}. */
final class AsmOutputs {
  private AsmOutputs() {}

  static AccessPath place(Statement.Output output, Variables variables) {
    AccessPath place = AccessPath.variable(variables.resolve(output.variable()));
    for (String member : output.members()) {
      place =
          member.startsWith(".")
              ? place.dot(member.substring(1))
              : place.arrow(member.substring(2));
    }
    return output.dereferenced() ? place.deref() : place;
  }
}
