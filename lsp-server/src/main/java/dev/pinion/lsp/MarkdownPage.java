// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

/**
 * Something to read that is longer than a hover.
 *
 * @param title short, for a tab
 * @param markdown the text, which has the title as its heading
 */
record MarkdownPage(String title, String markdown) {}
