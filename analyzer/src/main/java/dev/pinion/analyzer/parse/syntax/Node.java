// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

/** Anything of the tree that has a place in the file. */
public interface Node {
  /** The offset in the file of the first character. */
  int first();

  /** The offset in the file of the last character. */
  int last();
}
