// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

/** A variable of a function. */
public record Variable(String name, CType type, Kind kind) {
  /** Where a variable lives. */
  public enum Kind {
    PARAMETER,
    LOCAL,
    /** A {@code static} local: outlives the call. */
    STATIC_LOCAL,
    /** Introduced by lowering; assigned in exactly one place unless it joins a conditional. */
    TEMPORARY
  }
}
