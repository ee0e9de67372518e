// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

/** One step of an access path. */
public sealed interface Step {
  /** {@code ->name}: through a pointer into another object. */
  record Arrow(String name) implements Step {}

  /** {@code .name}: an embedded member of the same object. */
  record Dot(String name) implements Step {}

  /** {@code *p}. */
  record Deref() implements Step {}

  /** {@code [i]}: any element; elements are not told apart. */
  record Index() implements Step {}
}
