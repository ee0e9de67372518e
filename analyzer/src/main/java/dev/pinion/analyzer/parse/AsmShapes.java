// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/** Reads inline assembly: only where {@code asm goto} may jump to is of interest. */
final class AsmShapes {
  private final Shapes shapes;
  private final Draft draft;
  private final Tokens tokens;

  AsmShapes(Shapes shapes) {
    this.shapes = shapes;
    this.draft = shapes.draft;
    this.tokens = shapes.tokens;
  }

  /** {@code asm goto} may jump to each of its labels; its text means nothing here. */
  int asm(int i, int end) {
    int open = i + 1;
    boolean jumps = false;
    if (tokens.is(i, "asm_inline")) {
      draft.replace(i, "asm");
    }
    while (open < end && shapes.kind(open) != '(' && shapes.kind(open) != ';') {
      if (shapes.kind(open) == Kind.GOTO) {
        jumps = true;
        draft.drop(open);
      }
      open++;
    }
    int stop = shapes.find(';', i, end);
    if (shapes.kind(open) != '(') {
      return stop + 1;
    }
    if (jumps) {
      asmLabels(i, open);
    }
    if (jumps && stop < end && stop == draft.after(open)) {
      draft.drop(stop);
    }
    if (stop > draft.after(open)) {
      draft.insertAfter(draft.match[open], ";");
      return draft.after(open);
    }
    return stop + 1;
  }

  private void asmLabels(int asm, int open) {
    int close = draft.match[open];
    int colons = 0;
    int i = open + 1;
    while (i < close && colons < 4) {
      colons += shapes.kind(i) == ':' ? 1 : 0;
      i = Math.max(i, draft.match[i]) + 1;
    }
    if (colons < 4) {
      return;
    }
    StringBuilder jumps = new StringBuilder("; ");
    for (int k = i; k < close; k++) {
      if (Kind.isWord(shapes.kind(k))) {
        jumps.append("if (__asm_goto()) goto ").append(tokens.text(k)).append("; ");
      }
    }
    draft.drop(i - 1, close);
    draft.insertBefore(asm, "{ ");
    draft.insertAfter(close, jumps + "}");
  }
}
