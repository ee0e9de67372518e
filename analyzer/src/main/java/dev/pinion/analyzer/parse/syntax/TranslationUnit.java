// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

import java.util.List;

/**
 * The declarations of one reading of a file.
 *
 * @param declarations in file order
 * @param problems where something could not be read, as offsets of the file in increasing order
 */
public record TranslationUnit(List<Declaration> declarations, List<Integer> problems) {
  public TranslationUnit {
    declarations = List.copyOf(declarations);
    problems = List.copyOf(problems);
  }
}
