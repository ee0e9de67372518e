// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Position;

/** Where the value of an expression is wanted. */
sealed interface Destination {
  /** Nowhere; only the effects count. */
  record Discard() implements Destination {}

  /** As a value to read; calls put it in a temporary. */
  record AsValue() implements Destination {}

  /** In a place; it is assigned there, by an instruction that stands at the position. */
  record Into(AccessPath place, Position position) implements Destination {}

  Destination DISCARD = new Discard();
  Destination VALUE = new AsValue();
}
