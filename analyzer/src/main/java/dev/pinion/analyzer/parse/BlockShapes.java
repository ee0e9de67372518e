// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/** Reads the statements of a block and gives macros among them the shape of C. */
final class BlockShapes {
  private final Shapes shapes;
  private final Draft draft;
  private final Tokens tokens;
  private final MacroStatements macros;
  private final AsmShapes assembly;

  BlockShapes(Shapes shapes) {
    this.shapes = shapes;
    this.draft = shapes.draft;
    this.tokens = shapes.tokens;
    this.macros = new MacroStatements(shapes, this);
    this.assembly = new AsmShapes(shapes);
  }

  /** Reads the statements between two tokens. */
  void block(int from, int end, int depth) {
    int i = from;
    while (i < end) {
      i = Math.max(i + 1, statement(i, end, depth));
    }
  }

  /** Reads one statement and returns the index after it. */
  int statement(int i, int end, int depth) {
    if (i >= end) {
      return end;
    }
    if (depth > Shapes.MAX_DEPTH) {
      return shapes.find(';', i, end) + 1;
    }
    int kind = shapes.kind(i);
    return switch (kind) {
      case '{' -> {
        block(i + 1, draft.match[i], depth + 1);
        yield draft.after(i);
      }
      case ';' -> i + 1;
      case Kind.IF, Kind.WHILE, Kind.SWITCH -> headed(i, end, depth);
      case Kind.FOR -> forLoop(i, end, depth);
      case Kind.ELSE -> branch(i + 1, end, depth);
      case Kind.DO -> doLoop(i, end, depth);
      case Kind.CASE, Kind.DEFAULT -> label(i, end, depth);
      case Kind.ASM -> assembly.asm(i, end);
      case Kind.ASSERT, Kind.LABEL -> {
        int stop = shapes.find(';', i, end);
        draft.drop(i, stop);
        yield stop + 1;
      }
      case Kind.TYPE, Kind.TAG, Kind.QUALIFIER, Kind.STORAGE, Kind.TYPEOF ->
          declarationStatement(i, end, depth);
      case Kind.LOCAL_FUNCTION, Kind.LOCAL_OBJECT -> macros.localMacro(i, end, depth);
      default -> Kind.isName(kind) ? named(i, end, depth) : expression(i, end, depth);
    };
  }

  /** A statement under a head; at the end of a macro's body there may be none. */
  int branch(int i, int end, int depth) {
    return i < end ? statement(i, end, depth + 1) : end;
  }

  private int headed(int i, int end, int depth) {
    int open = i + 1;
    while (open < end && shapes.kind(open) != '(' && Kind.isName(shapes.kind(open))) {
      open++;
    }
    if (shapes.kind(open) != '(') {
      return open;
    }
    shapes.expressions.expression(open + 1, draft.match[open], depth + 1);
    if (shapes.kind(i) == Kind.WHILE && shapes.kind(draft.after(open)) == ';') {
      return draft.after(open) + 1;
    }
    return branch(draft.after(open), end, depth);
  }

  private int forLoop(int i, int end, int depth) {
    int open = i + 1;
    if (shapes.kind(open) != '(') {
      return i + 1;
    }
    int close = draft.match[open];
    int first = shapes.find(';', open + 1, close);
    if (isDeclaration(open + 1, first)) {
      declaration(open + 1, first, depth + 1);
    } else {
      shapes.expressions.expression(open + 1, first, depth + 1);
    }
    shapes.expressions.expression(first, close, depth + 1);
    return branch(close + 1, end, depth);
  }

  private int doLoop(int i, int end, int depth) {
    int next = branch(i + 1, end, depth);
    if (shapes.isCall(next) && shapes.kind(draft.after(next + 1)) == ';') {
      int close = draft.match[next + 1];
      shapes.expressions.arguments(next + 1, depth);
      draft.insertBefore(next, "while (");
      draft.insertAfter(close, ")");
      return close + 2;
    }
    if (shapes.kind(next) == Kind.WHILE && shapes.kind(next + 1) == '(') {
      int open = next + 1;
      shapes.expressions.expression(open + 1, draft.match[open], depth + 1);
      next = draft.after(open);
      if (next < end && shapes.kind(next) == ';') {
        return next + 1;
      }
      if (next < end) {
        draft.insertAfter(next - 1, ";");
      }
    }
    return next;
  }

  private int label(int i, int end, int depth) {
    int colon = colon(i, end);
    shapes.expressions.expression(i + 1, colon, depth + 1);
    return afterLabel(colon, end);
  }

  /** The colon that ends a case label; a question mark takes one for itself. */
  private int colon(int i, int end) {
    int questions = 0;
    for (int k = i; k < end; k = Math.max(k, draft.match[k]) + 1) {
      int kind = shapes.kind(k);
      if (kind == '?') {
        questions++;
      } else if (kind == ':' && questions-- == 0) {
        return k;
      } else if (kind == ';') {
        return k;
      }
    }
    return end;
  }

  /** A label needs a statement behind it. */
  int afterLabel(int colon, int end) {
    int next = colon + 1;
    if (colon < tokens.count && next >= end && shapes.kind(colon) == ':') {
      draft.insertAfter(colon, ";");
    }
    return next;
  }

  int declarationStatement(int i, int end, int depth) {
    int stop = shapes.find(';', i, end);
    int word = i;
    while (shapes.kind(word) == Kind.STORAGE || shapes.kind(word) == Kind.QUALIFIER) {
      word++;
    }
    if (shapes.isCall(word) && !Kind.isLocal(shapes.kind(word)) && word > i) {
      int next = draft.after(word + 1);
      if (next == stop || shapes.kind(next) == '=') {
        return storedMacro(i, word, stop, end, depth);
      }
    }
    declaration(i, stop, depth);
    return stop + 1;
  }

  /** {@code static DEFINE_MUTEX(lock);}: the dictionary knows the type, or it stays a call. */
  private int storedMacro(int i, int word, int stop, int end, int depth) {
    String template = Words.standard().template(tokens.text(word));
    if (shapes.kind(word) == Kind.VARIABLE_MACRO && !template.isEmpty()) {
      shapes.templates.apply(word, template);
    } else {
      draft.drop(i, word);
      shapes.expressions.arguments(word + 1, depth);
    }
    int next = draft.after(word + 1);
    shapes.expressions.expression(next, stop, depth + 1);
    return Math.min(stop + 1, end);
  }

  /** Reads a declaration that ends before {@code end}. */
  void declaration(int from, int end, int depth) {
    for (int i = from; i < end; i++) {
      int kind = shapes.kind(i);
      if (kind == '=') {
        int comma = shapes.find(',', i, end);
        shapes.expressions.expression(i + 1, comma, depth + 1);
        i = comma - 1;
      } else if (kind == '{') {
        if (shapes.members.isEnum(i)) {
          shapes.members.enumerators(i + 1, draft.match[i]);
        } else {
          shapes.members.members(i + 1, draft.match[i], depth + 1);
        }
        i = draft.match[i];
      } else if (kind == '[' || kind == '(') {
        shapes.expressions.expression(i + 1, draft.match[i], depth + 1);
        i = draft.match[i];
      }
    }
  }

  private boolean isDeclaration(int i, int end) {
    int kind = shapes.kind(i);
    if (Kind.startsDeclaration(kind)) {
      return true;
    }
    if (!Kind.isName(kind)) {
      return false;
    }
    int next = i + 1;
    while (shapes.kind(next) == '*' || shapes.kind(next) == Kind.QUALIFIER) {
      next++;
    }
    if (next >= end || !Kind.isName(shapes.kind(next))) {
      return false;
    }
    if (next == i + 1) {
      return true;
    }
    int after = shapes.kind(next + 1);
    return next + 1 >= end || after == '=' || after == ',' || after == ';' || after == '[';
  }

  int expression(int i, int end, int depth) {
    int stop = shapes.find(';', i, end);
    shapes.expressions.expression(i, stop, depth + 1);
    return stop + 1;
  }

  private int named(int i, int end, int depth) {
    int next = shapes.kind(i + 1);
    if (i + 1 >= end) {
      if (next == '}') {
        draft.insertAfter(i, ";");
      }
      return end;
    }
    if (next == ':') {
      return afterLabel(i + 1, end);
    }
    if (shapes.isFunctionPointer(i) && draft.match[i + 1] == i + 4) {
      return declarationStatement(i, end, depth);
    }
    if (next == '(') {
      return macros.call(i, end, depth);
    }
    if (next == '{' || (Kind.startsStatement(next) && next != Kind.WHILE)) {
      draft.insertAfter(i, ";");
      return i + 1;
    }
    if (isDeclaration(i, end)) {
      return declarationStatement(i, end, depth);
    }
    return expression(i, end, depth);
  }

  /** Reads the body of a macro that is used as a statement or a loop head. */
  void macroBody(int end) {
    block(0, end, 0);
  }
}
