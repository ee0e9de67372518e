// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.Comparator;

/**
 * Something in a tree that cannot be analysed, while the rest can.
 *
 * @param path from the tree's root
 * @param message what is wrong, lower case, one line
 */
public record SourceProblem(String path, String message) implements Comparable<SourceProblem> {
  private static final Comparator<SourceProblem> ORDER =
      Comparator.comparing(SourceProblem::path).thenComparing(SourceProblem::message);

  @Override
  public int compareTo(SourceProblem other) {
    return ORDER.compare(this, other);
  }
}
