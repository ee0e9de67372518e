// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.model.RowException;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rows that a tree brings itself. They bear on link only: facts stay those of the bytes. */
final class OwnRows {
  private OwnRows() {}

  /**
   * The model with the tree's rows.
   *
   * @throws SourceException if a line of them is no row
   */
  static KernelModel of(SourceTree tree, KernelModel model) throws SourceException {
    Optional<SourceFile> file = tree.file(SourceFile.COUNTED_ROWS);
    if (file.isEmpty()) {
      return model;
    }
    String text;
    try {
      text = new String(tree.read(file.get()).bytes(), StandardCharsets.UTF_8);
    } catch (SourceException e) {
      throw new SourceException(SourceFile.COUNTED_ROWS + ": " + e.getMessage(), e);
    }
    try {
      return model.withCounted(text.lines().toList());
    } catch (RowException e) {
      throw new SourceException(
          SourceFile.COUNTED_ROWS + ":" + e.line() + ": " + e.getMessage(), e);
    }
  }
}
