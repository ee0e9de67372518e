// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.List;

/** A row of changes and the trees between them, from commits or from mail. */
public interface History {
  /** The changes, parents before children; at least one. */
  List<Change> changes();

  /**
   * The tree of a state.
   *
   * @param id a change's, for the tree after it, or one of its {@link Change#parents}
   * @throws SourceException if it cannot be read
   */
  SourceTree tree(String id) throws SourceException;

  /** The tree at the end. */
  default SourceTree last() throws SourceException {
    return tree(changes().get(changes().size() - 1).id());
  }
}
