// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import dev.pinion.analyzer.source.SourceException;
import java.util.List;

/**
 * One patch of a series, read.
 *
 * @param name what it is called in front of its title: {@code 3/9}, or a file's name
 * @param title its subject without prefixes
 * @param files what it does
 */
public record Patch(String name, String title, List<FilePatch> files) {
  /** Copies the list. */
  public Patch {
    files = List.copyOf(files);
  }

  /**
   * Reads the patch in a text.
   *
   * @param origin whose text it is, for messages
   * @param body one character per byte
   * @throws SourceException if it is damaged, or there is none
   */
  public static Patch parse(String name, String title, String origin, String body)
      throws SourceException {
    List<FilePatch> files = PatchParser.parse(origin, body);
    if (files.isEmpty()) {
      throw new SourceException(
          origin + ": there is no patch in it; give a mail or a file with a unified diff");
    }
    return new Patch(name, title, files);
  }
}
