// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

/** Reads the members of a struct or union and the names of an enum. */
final class MemberShapes {
  private final Shapes shapes;
  private final Draft draft;

  MemberShapes(Shapes shapes) {
    this.shapes = shapes;
    this.draft = shapes.draft;
  }

  /** Reads the members between two tokens. */
  void members(int from, int end, int depth) {
    if (depth > Shapes.MAX_DEPTH) {
      return;
    }
    int i = from;
    while (i < end) {
      i = member(i, end, depth);
    }
  }

  private int member(int i, int end, int depth) {
    int kind = shapes.kind(i);
    if (kind == Kind.LOCAL_FUNCTION || kind == Kind.LOCAL_OBJECT) {
      shapes.noteUse(i, LocalMacro.Use.MEMBER);
      if (kind == Kind.LOCAL_FUNCTION) {
        int next = draft.after(i + 1);
        return shapes.kind(next) == ';' ? next + 1 : next;
      }
    }
    if (kind == Kind.GROUP_MACRO && shapes.kind(i + 1) == '(') {
      return group(i, depth);
    }
    if (kind == Kind.ASSERT && shapes.kind(i + 1) == '(') {
      return drop(i);
    }
    if (shapes.isCall(i) && !shapes.isFunctionPointer(i)) {
      return macro(i);
    }
    int stop = shapes.find(';', i, end);
    declaration(i, stop, depth);
    return stop + 1;
  }

  private int macro(int i) {
    int next = draft.after(i + 1);
    String template = Words.standard().template(shapes.tokens.text(i));
    if (shapes.kind(i) != Kind.MEMBER_MACRO || template.isEmpty()) {
      return drop(i);
    }
    shapes.templates.apply(i, template);
    if (shapes.kind(next) == ';') {
      return next + 1;
    }
    draft.insertAfter(next - 1, ";");
    return next;
  }

  private int drop(int i) {
    int next = draft.after(i + 1);
    if (shapes.kind(next) == ';') {
      next++;
    }
    draft.drop(i, next);
    return next;
  }

  /** The members of {@code struct_group(name, members)} are members of the struct around it. */
  private int group(int i, int depth) {
    List<int[]> arguments = shapes.arguments(i + 1);
    int close = draft.match[i + 1];
    int skip = Integer.parseInt(Words.standard().template(shapes.tokens.text(i))) - 1;
    int next = shapes.kind(close + 1) == ';' ? close + 2 : close + 1;
    if (arguments.size() <= skip) {
      draft.drop(i, next);
      return next;
    }
    int from = arguments.get(skip)[0];
    draft.drop(i, from);
    members(from, close, depth + 1);
    draft.drop(close, next);
    return next;
  }

  private void declaration(int from, int end, int depth) {
    boolean tag = false;
    for (int i = from; i < end; i++) {
      int kind = shapes.kind(i);
      if (kind == Kind.TAG) {
        tag = true;
      } else if (kind == '{') {
        int close = draft.match[i];
        if (tag && isEnum(i)) {
          enumerators(i + 1, close);
        } else {
          members(i + 1, close, depth + 1);
        }
        i = close;
        tag = false;
      } else if (kind == '[' || kind == '(') {
        i = draft.match[i];
      }
    }
  }

  boolean isEnum(int brace) {
    for (int i = brace - 1; i >= 0 && i >= brace - 4; i--) {
      if (shapes.kind(i) == Kind.TAG) {
        return shapes.tokens.is(i, "enum");
      }
    }
    return false;
  }

  /** A macro among the names of an enum stands for names; its own name parses as one. */
  void enumerators(int from, int end) {
    boolean atStart = true;
    for (int i = from; i < end; i++) {
      int kind = shapes.kind(i);
      if (atStart && Kind.isLocal(kind)) {
        shapes.noteUse(i, LocalMacro.Use.EXPRESSION);
        if (shapes.kind(i + 1) == '(') {
          i = draft.match[i + 1];
        }
      } else if (atStart && shapes.isCall(i)) {
        int close = draft.match[i + 1];
        draft.drop(i + 1, close + 1);
        i = close;
        if (Kind.isWord(shapes.kind(i + 1))) {
          draft.insertAfter(close, ",");
        }
      } else if (Kind.isOpen(kind)) {
        i = draft.match[i];
      }
      atStart = shapes.kind(i) == ',' || (atStart && Kind.isLocal(kind)) || isMacroEnd(i, end);
    }
  }

  private boolean isMacroEnd(int i, int end) {
    return shapes.kind(i) == ')' && i + 1 < end && Kind.isWord(shapes.kind(i + 1));
  }
}
