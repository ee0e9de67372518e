// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

/** An argument of an operation. */
public record Operand(Form form, TypedPath path) {
  /** How the argument is spelled. */
  public enum Form {
    /** The content of the path: a pointer, or a bare name such as a member's. */
    LOAD,
    /** {@code &path}. */
    ADDRESS,
    /** A type; {@code path.type()} is it. */
    TYPE,
    /** A string literal; {@code path.root()} is it. */
    TEXT,
    /** A constant or something computed. */
    OTHER
  }

  public static final Operand OTHER = new Operand(Form.OTHER, TypedPath.NOWHERE);
}
