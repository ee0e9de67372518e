// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A buffer of the editor at one moment.
 *
 * @param uri as the client spells it; diagnostics go back under the same spelling
 * @param place where it stands in a tree; empty for what is not a file of one
 * @param version the client's version, if it counts
 * @param revision the server's own count, never used twice, so a buffer that was closed and opened
 *     again is another one
 * @param text its content
 */
record OpenDocument(
    String uri, Optional<Place> place, @Nullable Integer version, long revision, String text) {

  /**
   * A file of a tree.
   *
   * @param file path from the root, with {@code /}
   */
  record Place(Path root, String file) {
    static Place of(Path root, Path path) {
      return new Place(root, root.relativize(path).toString().replace('\\', '/'));
    }

    Path path() {
      return root.resolve(file);
    }

    /** Whether it is C source or a header, which is all that the analysis reads. */
    boolean isC() {
      String name = file.toLowerCase(Locale.ROOT);
      return name.endsWith(".c") || name.endsWith(".h");
    }
  }

  boolean isIn(Path root) {
    return place.isPresent() && place.get().root().equals(root);
  }
}
