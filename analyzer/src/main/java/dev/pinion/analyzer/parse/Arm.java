// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/** Which reading of the conditional directives a piece of the file belongs to. */
public enum Arm {
  /** The arms taken: what a build with every option switched on would see. */
  PRIMARY,
  /** File-level code of the arms not taken, such as the stubs behind {@code #else}. */
  OTHER
}
