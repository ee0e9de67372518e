// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

/**
 * A macro used as a declaration at file level, such as {@code EXPORT_SYMBOL_GPL(f);} or {@code
 * static DEFINE_MUTEX(lock);}.
 *
 * @param name the macro's name
 * @param arguments the argument texts, trimmed, as written
 * @param storage the words before the name, such as {@code static}, or empty
 * @param offset where the name starts in the file
 * @param line the line of the name
 */
public record MacroInvocation(
    String name, List<String> arguments, String storage, int offset, int line) {
  /** Copies the arguments. */
  public MacroInvocation {
    arguments = List.copyOf(arguments);
  }
}
