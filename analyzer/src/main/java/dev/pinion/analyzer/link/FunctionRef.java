// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.Comparator;

/**
 * A function definition of the program.
 *
 * @param file path from the tree's root
 * @param index its place among the file's functions
 * @param name its name, which need not be unique in the file
 */
public record FunctionRef(String file, int index, String name) implements Comparable<FunctionRef> {
  private static final Comparator<FunctionRef> ORDER =
      Comparator.comparing(FunctionRef::file)
          .thenComparingInt(FunctionRef::index)
          .thenComparing(FunctionRef::name);

  @Override
  public int compareTo(FunctionRef other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + name;
  }
}
