// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the readers of one token list share: the draft, the file's macros and what was found. */
final class Shapes {
  /** Statements and expressions nested deeper are left as they are. */
  static final int MAX_DEPTH = 2 * Brackets.MAX_DEPTH;

  final Draft draft;
  final Tokens tokens;
  final LocalMacros macros;
  final SourceText text;

  /** The macro whose body is read, if it is one. */
  final @Nullable LocalMacro within;

  final List<MacroInvocation> invocations = new ArrayList<>();
  final List<LockAnnotation> lockAnnotations = new ArrayList<>();
  final BlockShapes blocks;
  final ExpressionShapes expressions;
  final MemberShapes members;
  final Templates templates;

  Shapes(Draft draft, LocalMacros macros, SourceText text, @Nullable LocalMacro within) {
    this.draft = draft;
    this.tokens = draft.tokens;
    this.macros = macros;
    this.text = text;
    this.within = within;
    this.expressions = new ExpressionShapes(this);
    this.blocks = new BlockShapes(this);
    this.members = new MemberShapes(this);
    this.templates = new Templates(this);
  }

  int kind(int i) {
    return draft.kind(i);
  }

  /** True if token {@code i} is a name with an argument list behind it. */
  boolean isCall(int i) {
    return Kind.isName(kind(i)) && kind(i + 1) == '(';
  }

  /**
   * True for {@code type (*name)(...)} or {@code type (*name)[...]}, which looks like a call and
   * declares a pointer.
   */
  boolean isFunctionPointer(int i) {
    int after = isCall(i) ? kind(draft.after(i + 1)) : 0;
    return kind(i + 2) == '*' && (after == '(' || after == '[');
  }

  /** The file's own definition of the macro at token {@code i}, if it will be expanded. */
  @Nullable LocalMacro local(int i) {
    return Kind.isLocal(kind(i)) ? macros.get(tokens.text(i)) : null;
  }

  void noteUse(int i, LocalMacro.Use use) {
    LocalMacro macro = local(i);
    if (macro != null) {
      macro.noteUse(use);
    }
  }

  /** The index of the next token of a kind outside brackets, or {@code end}. */
  int find(int kind, int from, int end) {
    int[] kinds = tokens.kinds;
    int[] match = draft.match;
    int last = Math.min(end, tokens.count);
    int i = from;
    while (i < last && kinds[i] != kind) {
      i = Math.max(i, match[i]) + 1;
    }
    return i < last ? i : end;
  }

  /**
   * The arguments of the group that starts at {@code open}, as pairs of token indices. {@code ()}
   * has none.
   */
  List<int[]> arguments(int open) {
    int close = draft.match[open];
    List<int[]> arguments = new ArrayList<>();
    if (close == open + 1) {
      return arguments;
    }
    int from = open + 1;
    while (true) {
      int comma = find(',', from, close);
      arguments.add(new int[] {from, comma});
      if (comma >= close) {
        return arguments;
      }
      from = comma + 1;
    }
  }

  /** True for an empty list, {@code void}, or two words (or a star) side by side. */
  boolean looksLikeParameters(int open) {
    int close = draft.match[open];
    if (close == open + 1) {
      return true;
    }
    for (int k = open + 1; k < close; k++) {
      int kind = kind(k);
      if (Kind.startsDeclaration(kind) || kind == Kind.ELLIPSIS) {
        return true;
      }
      if ((Kind.isName(kind) && Kind.isName(kind(k + 1)))
          || (kind == '*' && Kind.isName(kind(k + 1)))) {
        return true;
      }
    }
    return false;
  }
}
