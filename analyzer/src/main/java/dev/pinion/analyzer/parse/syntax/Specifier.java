// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

/**
 * What stands before the declarators of a declaration.
 *
 * @param storage the storage class, {@code typedef} included
 * @param inlined whether it is an inline function
 * @param type the type named
 */
public record Specifier(Storage storage, boolean inlined, TypeSpecifier type, int first, int last)
    implements Node {
  /** Storage classes as far as they matter. */
  public enum Storage {
    NONE,
    TYPEDEF,
    EXTERN,
    STATIC
  }
}
