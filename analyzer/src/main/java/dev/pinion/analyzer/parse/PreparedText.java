// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import org.jspecify.annotations.Nullable;

/** A draft as text: its tokens with their edits, one space where there was any white space. */
final class PreparedText {
  private final StringBuilder out = new StringBuilder();

  String text() {
    return out.toString();
  }

  void write(Draft draft) {
    Tokens tokens = draft.tokens;
    int end = 0;
    for (int i = 0; i < tokens.count; i++) {
      String prefix = draft.prefix(i);
      String suffix = draft.suffix(i);
      if (tokens.starts[i] > end || prefix != null || draft.isDropped(i)) {
        space();
      }
      append(prefix);
      if (!draft.isDropped(i)) {
        token(draft, i);
      }
      append(suffix);
      if (suffix != null) {
        space();
      }
      end = tokens.ends[i];
    }
  }

  private void token(Draft draft, int i) {
    Tokens tokens = draft.tokens;
    int start = tokens.starts[i];
    int size = tokens.ends[i] - start;
    String instead = draft.instead(i);
    if (instead != null) {
      out.append(instead);
    } else if (size == 0) {
      out.append((char) tokens.kinds[i]);
    } else {
      out.append(tokens.source, start, size);
    }
  }

  private void append(@Nullable String text) {
    if (text != null) {
      out.append(text);
    }
  }

  private void space() {
    if (out.length() > 0 && out.charAt(out.length() - 1) > ' ') {
      out.append(' ');
    }
  }
}
