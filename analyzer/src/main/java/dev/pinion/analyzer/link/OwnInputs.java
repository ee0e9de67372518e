// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileParts;
import dev.pinion.analyzer.query.Queries;

/**
 * The inputs that are the facts of one function, as a whole or in part.
 *
 * @param path the function's file
 * @param key what it is known by there
 */
public record OwnInputs(String path, String key) {
  /** The number of the input that is another whenever one of them is. */
  public int all() {
    return Queries.number(path, FileParts.function(key));
  }

  /** Whether the input of that number is one of them. */
  boolean has(int number) {
    return number == all()
        || number == Queries.number(path, FileParts.callees(key))
        || number == Queries.number(path, FileParts.operations(key))
        || number == Queries.number(path, FileParts.parameters(key))
        || number == Queries.number(path, FileParts.returnType(key));
  }
}
