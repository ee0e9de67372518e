// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.parse.ParsedArm;
import dev.pinion.analyzer.parse.ParsedUnit;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.internal.core.dom.parser.ASTNode;

/**
 * Where the nodes of one tree stand in the file. Asking CDT costs a walk and three objects a node;
 * in a tree without macro expansions a node's own offset says the same.
 */
final class Positions {
  private final ParsedUnit unit;
  private final ParsedArm arm;
  private final Offsets offsets;
  private int line;
  private int lineStart;
  private int lineEnd;

  private enum Offsets {
    OWN,
    MAPPED_BY_CDT
  }

  Positions(ParsedUnit unit, ParsedArm arm) {
    this.unit = unit;
    this.arm = arm;
    this.offsets =
        arm.tree().getMacroExpansions().length == 0 ? Offsets.OWN : Offsets.MAPPED_BY_CDT;
  }

  /** The file offset where the node starts. */
  int offset(IASTNode node) {
    if (offsets == Offsets.OWN && node instanceof ASTNode plain) {
      return arm.map().original(plain.getOffset());
    }
    return unit.offset(node);
  }

  Position start(IASTNode node) {
    return at(offset(node));
  }

  /** Where the node's last character stands: for a block, its closing brace. */
  Position end(IASTNode node) {
    if (offsets == Offsets.OWN && node instanceof ASTNode plain) {
      return at(arm.map().original(Math.max(0, plain.getOffset() + plain.getLength() - 1)));
    }
    return at(Math.max(0, unit.endOffset(node) - 1));
  }

  /** Neighbours in the tree mostly stand on one line, so the last line is remembered. */
  private Position at(int offset) {
    if (offset < lineStart || offset >= lineEnd) {
      line = unit.text().line(offset);
      lineStart = unit.text().lineStart(line);
      boolean last = line >= unit.text().lines();
      lineEnd = last ? Integer.MAX_VALUE : unit.text().lineStart(line + 1);
    }
    return new Position(line, offset - lineStart + 1);
  }
}
