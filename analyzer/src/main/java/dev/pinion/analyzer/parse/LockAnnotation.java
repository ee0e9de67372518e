// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

/**
 * A lock annotation of a function: {@code __must_hold(x)}, {@code __acquires(x)}, ...
 *
 * @param annotation the annotation's name
 * @param arguments its argument texts
 * @param function the annotated function's name
 * @param offset where the function's name starts in the file
 */
public record LockAnnotation(
    String annotation, List<String> arguments, String function, int offset) {
  /** Copies the arguments. */
  public LockAnnotation {
    arguments = List.copyOf(arguments);
  }
}
