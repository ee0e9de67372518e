// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

/** Reads expressions and initialisers: above all the arguments of calls that are no expressions. */
final class ExpressionShapes {
  private final Shapes shapes;
  private final Draft draft;

  ExpressionShapes(Shapes shapes) {
    this.shapes = shapes;
    this.draft = shapes.draft;
  }

  /** Reads the expression between two tokens. */
  void expression(int from, int end, int depth) {
    if (depth > Shapes.MAX_DEPTH) {
      return;
    }
    for (int i = from; i < end; i++) {
      int kind = shapes.kind(i);
      if (kind == '(') {
        group(i, depth);
        i = draft.match[i];
      } else if (kind == '{') {
        initializer(i + 1, draft.match[i], depth + 1);
        i = draft.match[i];
      } else if (kind == Kind.GENERIC && shapes.kind(i + 1) == '(') {
        generic(i, depth);
        i = draft.match[i + 1];
      } else if (isOpaqueName(kind) && i + 1 < end && Kind.isName(shapes.kind(i + 1))) {
        adjacent(i);
      }
      if (i + 1 < end && isOperandEnd(i) && isOperandStart(i + 1)) {
        draft.insertAfter(i, ",");
      }
    }
  }

  /** The end of a call or a number: another operand cannot follow without an operator. */
  private boolean isOperandEnd(int i) {
    int kind = shapes.kind(i);
    if (kind == Kind.NUMBER) {
      return true;
    }
    int name = kind == ')' ? draft.match[i] - 1 : -1;
    return name >= 0 && Kind.isName(shapes.kind(name)) && !Kind.isLocal(shapes.kind(name));
  }

  private boolean isOperandStart(int i) {
    int kind = shapes.kind(i);
    return kind == Kind.NAME || kind == Kind.TYPE_NAME || kind == Kind.NUMBER;
  }

  private static boolean isOpaqueName(int kind) {
    return kind == Kind.NAME || kind == Kind.TYPE_NAME || kind == Kind.PARAMETER;
  }

  /** Two names side by side in an expression: string macros, or a macro that brings commas. */
  private void adjacent(int i) {
    int before = shapes.kind(i - 1);
    if ((before == '(' || before == ',') && (isCapitals(i) || shapes.kind(i) == Kind.PARAMETER)) {
      draft.drop(i);
    } else if (!Kind.isLocal(shapes.kind(i)) && !Kind.isLocal(shapes.kind(i + 1))) {
      draft.insertAfter(i, ",");
    }
  }

  private boolean isCapitals(int i) {
    for (int k = shapes.tokens.starts[i]; k < shapes.tokens.ends[i]; k++) {
      char c = shapes.tokens.source[k];
      if (c >= 'a' && c <= 'z') {
        return false;
      }
    }
    return true;
  }

  private void group(int open, int depth) {
    int close = draft.match[open];
    if (shapes.kind(open + 1) == '{') {
      shapes.blocks.block(open + 2, draft.match[open + 1], depth + 1);
      return;
    }
    int before = shapes.kind(open - 1);
    if (Kind.isLocal(before)) {
      shapes.noteUse(open - 1, LocalMacro.Use.EXPRESSION);
      noteTypes(open);
      expression(open + 1, close, depth + 1);
    } else if (before == Kind.TYPED_CALL || before == Kind.TYPEOF || before == Kind.SIZEOF) {
      expression(open + 1, close, depth + 1);
    } else if (Kind.isName(before) || (before == ')' && isCallee(open - 1))) {
      arguments(open, depth);
    } else {
      expression(open + 1, close, depth + 1);
    }
  }

  /** Tells a local macro which of its parameters are types. */
  void noteTypes(int open) {
    LocalMacro macro = shapes.local(open - 1);
    if (macro == null || !macro.isFunction) {
      return;
    }
    List<int[]> arguments = shapes.arguments(open);
    for (int k = 0; k < arguments.size(); k++) {
      int from = arguments.get(k)[0];
      int end = arguments.get(k)[1];
      if (from < end && isType(from, end)) {
        macro.noteType(k);
      }
    }
  }

  private boolean isType(int from, int end) {
    if (end - from == 1 && shapes.kind(from) == Kind.PARAMETER && shapes.within != null) {
      return shapes.within.takesType(shapes.tokens.text(from));
    }
    return (Kind.startsDeclaration(shapes.kind(from)) && !declaresName(from, end))
        || isPointerType(from, end);
  }

  /** True for the second list of {@code guard(x)(y)}, false after a cast. */
  private boolean isCallee(int close) {
    return Kind.isName(shapes.kind(draft.match[close] - 1));
  }

  /** Makes an expression of every argument of a call. */
  void arguments(int open, int depth) {
    int close = draft.match[open];
    if (close == open + 1) {
      return;
    }
    int from = open + 1;
    while (true) { // Not the list of all: there is a call in most statements.
      int comma = shapes.find(',', from, close);
      argument(from, comma, depth + 1);
      if (comma >= close) {
        return;
      }
      from = comma + 1;
    }
  }

  private void argument(int from, int end, int depth) {
    int first = shapes.kind(from);
    if (from == end) {
      draft.insertBefore(end, "0");
    } else if (first == Kind.PARAMETER && end - from == 1) {
      parameter(from);
    } else if (end - from == 1 && isOperator(first)) {
      draft.replace(from, "\"" + shapes.tokens.text(from) + "\"");
    } else if (Kind.startsStatement(first) || shapes.find(';', from, end) < end) {
      statement(from, end, depth);
    } else if (Kind.startsDeclaration(first)) {
      typeFirst(from, end, depth);
    } else if (first == '{') {
      draft.insertBefore(from, "(int[])");
      initializer(from + 1, draft.match[from], depth + 1);
    } else if (first == '.' && Kind.isName(shapes.kind(from + 1))) {
      draft.drop(from);
      if (shapes.kind(from + 2) == '=' && shapes.kind(from + 3) == '{') {
        draft.insertBefore(from + 3, "(int[])");
      }
      expression(from + 1, end, depth);
    } else if (isPointerType(from, end)) {
      wrapType(from, end);
    } else if (isPair(from, end)) {
      wrapDeclaration(from, end);
    } else {
      expression(from, end, depth);
    }
  }

  /** A lone parameter as argument: some use hands a type to it, or it is the rest of all. */
  private void parameter(int i) {
    LocalMacro within = shapes.within;
    String name = shapes.tokens.text(i);
    if (within == null) {
      return;
    }
    if (within.takesType(name)) {
      wrapType(i, i + 1);
    } else if (within.isRest(name) && shapes.kind(i - 1) == ',') {
      draft.insertBefore(i, "##");
    }
  }

  private static boolean isOperator(int kind) {
    return (kind > 0 && kind < Kind.NUMBER) || (kind >= Kind.POSTFIX && kind <= Kind.ASSIGN);
  }

  private void statement(int from, int end, int depth) {
    draft.insertBefore(from, "({ ");
    shapes.blocks.block(from, end, depth + 1);
    draft.insertAfter(end - 1, "; })");
  }

  private void typeFirst(int from, int end, int depth) {
    if (shapes.find('=', from, end) < end || shapes.find('{', from, end) < end) {
      draft.insertBefore(from, "({ ");
      shapes.blocks.declaration(from, end, depth);
      draft.insertAfter(end - 1, "; })");
    } else if (end - from == 1 && shapes.kind(from) >= Kind.QUALIFIER) {
      draft.replace(from, "\"" + shapes.tokens.text(from) + "\"");
    } else if (shapes.kind(from) == Kind.TYPEOF && isTypeofOperand(from, end)) {
      expression(from, end, depth);
    } else if (declaresName(from, end)) {
      wrapDeclaration(from, end);
    } else {
      wrapType(from, end);
    }
  }

  /** {@code typeof(x) + 1} is no type. */
  private boolean isTypeofOperand(int from, int end) {
    int after = shapes.kind(from + 1) == '(' ? draft.after(from + 1) : end;
    return after < end && shapes.kind(after) != '*' && !Kind.isWord(shapes.kind(after));
  }

  private boolean declaresName(int from, int end) {
    int last = shapes.kind(end - 1);
    if (last == ']') {
      int open = draft.match[end - 1];
      return open > from + 1 && declaresName(from, open);
    }
    if (!Kind.isName(last) || end - from < 2) {
      return false;
    }
    int before = shapes.kind(end - 2);
    return before != Kind.TAG && before != Kind.QUALIFIER && before != Kind.STORAGE;
  }

  private void wrapType(int from, int end) {
    draft.insertBefore(from, "sizeof(");
    draft.insertAfter(end - 1, ")");
  }

  private void wrapDeclaration(int from, int end) {
    draft.insertBefore(from, "({ ");
    draft.insertAfter(end - 1, "; })");
  }

  private boolean isPointerType(int from, int end) {
    int last = end - 1;
    while (last > from && (shapes.kind(last) == '*' || shapes.kind(last) == Kind.QUALIFIER)) {
      last--;
    }
    if (last == end - 1) {
      return false;
    }
    for (int i = from; i <= last; i++) {
      if (!Kind.isWord(shapes.kind(i))) {
        return false;
      }
    }
    return true;
  }

  /** {@code type name} or {@code type *name}, as in the parameter list of a tracepoint. */
  private boolean isPair(int from, int end) {
    int i = from + 1;
    if (end - from < 2 || !Kind.isName(shapes.kind(from)) || Kind.isLocal(shapes.kind(from))) {
      return false;
    }
    if (end - from == 2) {
      return Kind.isName(shapes.kind(i)) && !isCapitals(from);
    }
    return false;
  }

  /** {@code _Generic(x, int: a, default: b)} becomes the call {@code Generic_(x, a, b)}. */
  private void generic(int i, int depth) {
    draft.replace(i, "Generic_");
    List<int[]> arguments = shapes.arguments(i + 1);
    for (int k = 0; k < arguments.size(); k++) {
      int from = arguments.get(k)[0];
      int end = arguments.get(k)[1];
      int colon = shapes.find(':', from, end);
      if (k > 0 && colon < end) {
        draft.drop(from, colon + 1);
        from = colon + 1;
      }
      argument(from, end, depth + 1);
    }
  }

  /** Reads the entries of an initialiser list. */
  void initializer(int from, int end, int depth) {
    for (int i = from; i < end && depth <= Shapes.MAX_DEPTH; i++) {
      int comma = shapes.find(',', i, end);
      entries(i, comma, depth);
      i = comma;
    }
  }

  /** Between two commas; macros that bring their own commas follow each other without one. */
  private void entries(int from, int end, int depth) {
    if (from < end && shapes.isCall(from) && !Kind.isLocal(shapes.kind(from))) {
      int after = draft.after(from + 1);
      if (after < end && shapes.kind(after) == '=') {
        draft.insertBefore(from, "[");
        draft.insertAfter(after - 1, "]");
      }
    }
    expression(from, end, depth);
    for (int i = from; i + 1 < end; i++) {
      if (Kind.isOpen(shapes.kind(i))) {
        i = draft.match[i];
      }
      boolean macroEnds = shapes.kind(i) == ')' && isOperandEnd(i);
      if (macroEnds && i + 1 < end && startsEntry(i + 1)) {
        draft.insertAfter(i, ",");
      }
    }
  }

  private boolean startsEntry(int i) {
    int kind = shapes.kind(i);
    boolean start = kind == '{' || kind == '.' || kind == '[' || Kind.isLocal(kind);
    return start && shapes.tokens.startsLine(i);
  }
}
