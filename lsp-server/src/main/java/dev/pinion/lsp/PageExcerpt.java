// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.rule.RulePage;

/** A rule's page, cut down to what a hover has room for. */
final class PageExcerpt {
  private PageExcerpt() {}

  /** The page up to its first piece of code: what is wrong and why; at most 30 lines. */
  static String of(RulePage page) {
    StringBuilder excerpt = new StringBuilder();
    String heading = "";
    int lines = 0;
    for (String line : page.markdown().lines().toList()) {
      if (line.startsWith("```") || line.startsWith("    ") || lines == 30) {
        break;
      }
      if (line.startsWith("#")) {
        // Kept back until text follows, so that no bare heading is left at the end.
        heading = "**" + line.replaceFirst("^#+\\s*", "") + "**\n\n";
      } else if (!line.isBlank() || heading.isEmpty()) {
        excerpt.append(heading).append(line).append('\n');
        heading = "";
      }
      lines++;
    }
    return excerpt.toString().strip();
  }
}
