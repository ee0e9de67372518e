// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.parse.SourceText;
import dev.pinion.analyzer.parse.syntax.Node;

/** Where the nodes of one tree stand in the file, as lines and columns. */
final class Positions {
  private final SourceText text;
  private int line;
  private int lineStart;
  private int lineEnd;

  Positions(SourceText text) {
    this.text = text;
  }

  Position start(Node node) {
    return at(node.first());
  }

  /** Where the node's last character stands: for a block, its closing brace. */
  Position end(Node node) {
    return at(node.last());
  }

  /** Neighbours in the tree mostly stand on one line or the next, so the last is remembered. */
  Position at(int offset) {
    if (offset >= lineEnd) {
      goTo(line + 1);
    }
    if (offset < lineStart || offset >= lineEnd) {
      goTo(text.line(offset));
    }
    return new Position(line, offset - lineStart + 1);
  }

  private void goTo(int wanted) {
    line = wanted;
    lineStart = text.lineStart(line);
    boolean last = line >= text.lines();
    lineEnd = last ? Integer.MAX_VALUE : text.lineStart(line + 1);
  }
}
