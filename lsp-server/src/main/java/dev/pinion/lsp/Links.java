// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.evidence.Location;

/** Links to places of a tree, in Markdown. */
final class Links {
  private final TreeText text;

  Links(TreeText text) {
    this.text = text;
  }

  /** {@code [dir/file.c:12](file:///…#L12)}. */
  String to(Location place) {
    return "[%s:%d](%s#L%d)"
        .formatted(place.file(), place.line(), text.uri(place.file()), place.line());
  }

  /** A text from elsewhere, so that none of it is taken for a mark. */
  static String plain(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1");
  }

  /** A piece of code in a line. */
  static String code(String text) {
    return "`" + text.replace('`', '\'') + "`";
  }
}
