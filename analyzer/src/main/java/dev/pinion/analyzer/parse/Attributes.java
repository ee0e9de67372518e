// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes out of a token list what adjacency alone shows to be no part of C's grammar: the attributes
 * of the dictionary, unknown words between a type and a name, and words beside a string literal.
 */
final class Attributes {
  /** Arguments of an attribute are short; a longer group is not one. */
  private static final int MAX_GROUP = 400;

  /** A lock annotation as found; the function it belongs to is known later. */
  record Lock(String annotation, List<String> arguments, int offset) {}

  private Tokens in;
  private Tokens out;
  private final List<Lock> locks = new ArrayList<>();
  private final List<CleanupVariable> cleanups = new ArrayList<>();

  /**
   * Two passes, each of which writes what it keeps over what it has read.
   *
   * @param in taken over: nobody may use the list afterwards
   */
  Attributes(Tokens in) {
    this.in = in;
    this.out = in.inPlace();
    for (int i = 0; i < in.count; ) {
      i = known(i);
    }
    this.in = out;
    this.out = out.inPlace();
    for (int i = 0; i < this.in.count; ) {
      i = adjacent(i);
    }
  }

  /** The tokens that are left. */
  Tokens tokens() {
    return out;
  }

  List<Lock> locks() {
    return locks;
  }

  List<CleanupVariable> cleanups() {
    return cleanups;
  }

  private int known(int i) {
    return switch (in.kinds[i]) {
      case Kind.ATTRIBUTE -> {
        if (isDeclaredName(i)) {
          out.addFrom(in, i);
          out.kinds[out.count - 1] = Kind.NAME;
        }
        yield i + 1;
      }
      case Kind.ATTRIBUTE_CALL ->
          in.kind(i + 1) == '(' || isBesideName(i) ? afterGroup(i + 1) : keep(i);
      case Kind.LOCK_CALL -> lock(i);
      case Kind.CLEANUP_CALL -> cleanup(i);
      default -> keep(i);
    };
  }

  private int keep(int i) {
    out.addFrom(in, i);
    return i + 1;
  }

  private int adjacent(int i) {
    return switch (in.kinds[i]) {
      case Kind.STRING -> string(i);
      case '*' -> star(i);
      case Kind.NAME, Kind.TYPE_NAME -> names(i);
      default -> keep(i);
    };
  }

  /** A member may be called like an attribute: {@code u16 __unused;}, {@code p->__unused}. */
  private boolean isDeclaredName(int i) {
    int before = out.kind(out.count - 1);
    if (before == '.' || before == Kind.POSTFIX || before == Kind.GOTO) {
      return true;
    }
    int next = in.kind(i + 1);
    boolean ends = next == ';' || next == '[' || next == ':' || next == '=';
    return ends && (before == Kind.TYPE || before == Kind.TYPE_NAME || before == '*');
  }

  /** An attribute without arguments stands beside a name; a label or variable does not. */
  private boolean isBesideName(int i) {
    int before = out.kind(out.count - 1);
    return before != Kind.GOTO && (Kind.isWord(in.kind(i + 1)) || Kind.isName(before));
  }

  /** The index after the parentheses that start at {@code open}, if there are any. */
  private int afterGroup(int open) {
    if (in.kind(open) != '(') {
      return open;
    }
    int depth = 0;
    for (int i = open; i < in.count && i < open + MAX_GROUP; i++) {
      int kind = in.kinds[i];
      depth += kind == '(' ? 1 : kind == ')' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return open;
  }

  private int lock(int i) {
    int end = afterGroup(i + 1);
    List<String> arguments = new ArrayList<>();
    int from = i + 2;
    int depth = 0;
    for (int k = from; k < end; k++) {
      int kind = in.kinds[k];
      if (k == end - 1 || (kind == ',' && depth == 0)) {
        if (k > from) {
          arguments.add(in.text(from, k));
        }
        from = k + 1;
      }
      depth += Kind.isOpen(kind) ? 1 : Kind.isClose(kind) ? -1 : 0;
    }
    locks.add(new Lock(in.text(i), List.copyOf(arguments), in.starts[i]));
    return end;
  }

  private int cleanup(int i) {
    int end = afterGroup(i + 1);
    int name = out.count - 1;
    while (name > 0 && out.kinds[name] == ']') {
      while (name > 0 && out.kinds[name] != '[') {
        name--;
      }
      name--;
    }
    if (end > i + 3 && Kind.isName(out.kind(name))) {
      cleanups.add(new CleanupVariable(out.text(name), in.text(i + 2, end - 1), out.starts[name]));
    }
    return end;
  }

  /** Words beside a string are macros for strings: {@code KERN_ERR "x" PRIx64 "y"}. */
  private int string(int i) {
    dropStringMacrosBefore();
    out.addFrom(in, i);
    int next = i + 1;
    while (isStringMacro(next)) {
      next = afterGroup(next + 1);
    }
    return next;
  }

  private boolean isStringMacro(int i) {
    int kind = in.kind(i);
    return kind == Kind.NAME || kind == Kind.TYPE_NAME || Kind.isLocal(kind);
  }

  private void dropStringMacrosBefore() {
    while (out.count > 0) {
      int last = out.kinds[out.count - 1];
      if (Kind.isName(last)) {
        out.count--;
        if (out.kind(out.count - 1) == '#') {
          out.count--;
        }
      } else if (last == ')') {
        int open = openBefore(out.count - 1);
        if (open <= 0 || !Kind.isName(out.kinds[open - 1])) {
          return;
        }
        out.count = open - 1;
      } else {
        return;
      }
    }
  }

  private int openBefore(int close) {
    int depth = 0;
    for (int i = close; i >= 0 && i > close - MAX_GROUP; i--) {
      int kind = out.kinds[i];
      depth += kind == ')' ? 1 : kind == '(' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** {@code * attribute name}: only the last of several names after a star is one. */
  private int star(int i) {
    out.addFrom(in, i);
    int next = i + 1;
    while (isPlain(next) && isPlainOrKnown(next + 1) && !in.firsts[next + 1]) {
      next++;
    }
    return next;
  }

  private boolean isPlain(int i) {
    int kind = in.kind(i);
    return kind == Kind.NAME || kind == Kind.TYPE_NAME;
  }

  private boolean isPlainOrKnown(int i) {
    int kind = in.kind(i);
    return isPlain(i) || (kind >= Kind.MEMBER_MACRO && kind <= Kind.LOOP_MACRO);
  }

  /**
   * A run of names. In C at most two stand side by side, a type and what is declared; after a
   * built-in type or a tag it is one.
   */
  private int names(int i) {
    int end = i + 1;
    while (isPlain(end) && !(isNewLine(end) && end - i >= 2)) {
      end++;
    }
    int before = out.kind(out.count - 1);
    if (startsType(end) && before != Kind.GOTO) {
      return end;
    }
    if (before == Kind.NUMBER) {
      return end;
    }
    boolean star = in.kind(end) == '*';
    if (before == Kind.TAG) {
      return tagged(i, end, star);
    }
    boolean typed =
        before == Kind.TYPE || (Kind.isName(before) && out.kind(out.count - 2) == Kind.TAG);
    if (before == ']' && !in.firsts[i]) {
      return afterGroup(end);
    }
    if (end - i == 1 && !star) {
      out.addFrom(in, i);
      return end;
    }
    if (before == '}' && !in.firsts[i]) {
      return onlyLast(end);
    }
    if (typed) {
      return star ? end : onlyLast(end);
    }
    if (star) {
      out.addFrom(in, type(i, end));
      return end;
    }
    if (end - i > 2) {
      out.addFrom(in, type(i, end - 1));
      return onlyLast(end);
    }
    out.addFrom(in, i);
    return onlyLast(end);
  }

  /** A name in the first column starts a declaration, unless it is a function's own name. */
  private boolean isNewLine(int i) {
    return in.firsts[i] && in.atColumnZero(i) && in.kind(i + 1) != '(';
  }

  private boolean startsType(int i) {
    int kind = in.kind(i);
    return kind == Kind.TYPE
        || kind == Kind.TAG
        || kind == Kind.STORAGE
        || (kind == Kind.QUALIFIER && in.is(i, "inline"));
  }

  private int onlyLast(int end) {
    out.addFrom(in, end - 1);
    return end;
  }

  /** After struct, union or enum: the tag, and what is declared if more words follow. */
  private int tagged(int i, int end, boolean star) {
    if (in.kind(end) == '{') {
      return onlyLast(end);
    }
    out.addFrom(in, i);
    if (star || end - i == 1) {
      return end;
    }
    return onlyLast(end);
  }

  /** Which of several words in a row is the type. */
  private int type(int from, int to) {
    int best = from;
    int bestScore = -1;
    for (int i = from; i < to; i++) {
      int score = score(i);
      if (score > bestScore) {
        best = i;
        bestScore = score;
      }
    }
    return best;
  }

  private int score(int i) {
    if (in.kinds[i] == Kind.TYPE_NAME) {
      return 4;
    }
    char[] source = in.source;
    int start = in.starts[i];
    int end = in.ends[i];
    if (end - start > 2 && source[end - 1] == 't' && source[end - 2] == '_') {
      return 3;
    }
    if (source[start] == '_') {
      return 0;
    }
    for (int k = start; k < end; k++) {
      if (source[k] >= 'a' && source[k] <= 'z') {
        return 2;
      }
    }
    return 1;
  }
}
