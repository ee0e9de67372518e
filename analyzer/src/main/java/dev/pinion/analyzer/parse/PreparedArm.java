// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

/**
 * The draft of one reading, ready to be written as text: whole, or in parts when the whole does not
 * parse.
 *
 * @param starts the tokens where the file-level declarations start
 * @param functions the tokens where function bodies start
 */
record PreparedArm(
    Arm arm,
    Draft draft,
    List<PreparedText.Line> lines,
    List<Integer> starts,
    List<Integer> functions) {

  /** Number of file-level declarations. */
  int declarations() {
    return starts.size();
  }

  /** The text of the declarations from {@code from} to {@code to}, exclusive. */
  PreparedText text(int from, int to) {
    PreparedText text = new PreparedText();
    text.write(draft, lines, token(from), token(to));
    return text;
  }

  /** How many functions these declarations define. */
  int functions(int from, int to) {
    int first = token(from);
    int last = token(to);
    int count = 0;
    for (int function : functions) {
      count += function >= first && function < last ? 1 : 0;
    }
    return count;
  }

  private int token(int declaration) {
    if (declaration == 0) {
      return 0;
    }
    return declaration < starts.size() ? starts.get(declaration) : draft.tokens.count;
  }
}
