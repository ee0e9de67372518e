// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;

/** Reads the declarations of a file: finds functions and takes macros out of the way. */
final class FileShapes {
  private final Shapes shapes;
  private final Draft draft;
  private final Tokens tokens;
  private final FileMacros macros;
  private final List<Attributes.Lock> locks;
  private final List<Integer> starts = new ArrayList<>();
  private final List<Integer> functions = new ArrayList<>();
  private int nextLock;

  FileShapes(Shapes shapes, List<Attributes.Lock> locks) {
    this.shapes = shapes;
    this.draft = shapes.draft;
    this.tokens = shapes.tokens;
    this.locks = locks;
    this.macros = new FileMacros(shapes, this);
  }

  /** The tokens where declarations start. */
  List<Integer> starts() {
    return starts;
  }

  /** The tokens where the bodies of functions start. */
  List<Integer> functions() {
    return functions;
  }

  /** Reads all declarations between two tokens. */
  void declarations(int from, int end, int depth) {
    int i = from;
    while (i < end) {
      starts.add(i);
      i = Math.max(i + 1, declaration(i, end, depth));
    }
  }

  private int declaration(int i, int end, int depth) {
    int kind = shapes.kind(i);
    if (kind == ';') {
      draft.drop(i);
      return i + 1;
    }
    if (kind == Kind.ASM) {
      int stop = shapes.find(';', i, end);
      draft.drop(i, Math.min(stop + 1, end));
      return stop + 1;
    }
    if (kind == Kind.STORAGE && shapes.kind(i + 1) == Kind.STRING) {
      return linkage(i, end, depth);
    }
    if (kind == Kind.LOCAL_OBJECT && tokens.startsLine(i + 1)) {
      shapes.noteUse(i, LocalMacro.Use.FILE);
      return i + 1;
    }
    int word = i;
    while (word < end && isStorage(word)) {
      word++;
    }
    if (!Kind.isWord(kind)) {
      return stray(i, end);
    }
    if (Kind.isName(kind) && i + 1 >= end) {
      draft.drop(i);
      return end;
    }
    if (shapes.isCall(word) && !shapes.isFunctionPointer(word)) {
      int next = macros.macro(i, word, end, depth);
      if (next > 0) {
        return next;
      }
    } else if (kind == Kind.ASSERT) {
      int stop = shapes.find(';', i, end);
      draft.drop(i, Math.min(stop + 1, end));
      return stop + 1;
    }
    return plain(i, end, depth);
  }

  /** What cannot start a declaration, such as the entries of a table in a file of its own. */
  private int stray(int i, int end) {
    int next = Math.max(i, draft.match[i]) + 1;
    draft.drop(i, Math.min(next, end));
    return next;
  }

  private boolean isStorage(int i) {
    int kind = shapes.kind(i);
    return kind == Kind.STORAGE || kind == Kind.QUALIFIER;
  }

  /** {@code extern "C" { declarations }}. */
  private int linkage(int i, int end, int depth) {
    draft.drop(i, i + 2);
    if (shapes.kind(i + 2) != '{') {
      return i + 2;
    }
    draft.drop(i + 2);
    draft.drop(draft.match[i + 2]);
    declarations(i + 3, Math.min(end, draft.match[i + 2]), depth + 1);
    return draft.after(i + 2);
  }

  int functionBody(int name, int brace, int depth) {
    functions.add(brace);
    annotate(name, tokens.starts[brace]);
    shapes.blocks.block(brace + 1, draft.match[brace], depth + 1);
    return draft.after(brace);
  }

  /** Gives the lock annotations before an offset to the function with this name. */
  private void annotate(int name, int until) {
    while (nextLock < locks.size() && locks.get(nextLock).offset() < until) {
      Attributes.Lock lock = locks.get(nextLock++);
      shapes.lockAnnotations.add(
          new LockAnnotation(
              lock.annotation(), lock.arguments(), tokens.text(name), tokens.starts[name]));
    }
  }

  private int plain(int i, int end, int depth) {
    int tag = -1;
    int list = -1;
    boolean assigned = false;
    for (int k = i; k < end; k++) {
      int kind = shapes.kind(k);
      if (kind == ';') {
        trailing(list, k);
        return k + 1;
      }
      if (kind == '=') {
        trailing(list, k);
        assigned = true;
        list = -1;
      } else if (kind == ',' && isPlainName(k + 1) && isPlainName(k + 2)) {
        draft.drop(k + 1);
      } else if (kind == Kind.TAG) {
        tag = k;
      } else if (kind == '(') {
        if (assigned) {
          group(k, depth);
        } else if (isDeclaratorList(k, list)) {
          list = k;
          tag = -1;
        } else if (list >= 0
            && k == draft.after(list)
            && !startsDeclaration(i, list - 1)
            && shapes.looksLikeParameters(k)) {
          nameByMacro(list);
          list = -2 - k;
        }
        k = draft.match[k];
      } else if (kind == '[') {
        shapes.expressions.expression(k + 1, draft.match[k], depth + 1);
        k = draft.match[k];
      } else if (kind == '{') {
        if (assigned) {
          shapes.expressions.initializer(k + 1, draft.match[k], depth + 1);
        } else if (tag >= 0 && isBodyOfTag(tag, k)) {
          body(k, depth);
          tag = -1;
        } else {
          return function(i, list, k, depth);
        }
        k = draft.match[k];
      }
    }
    return end;
  }

  private void group(int open, int depth) {
    shapes.expressions.expression(open - 1, draft.after(open), depth + 1);
  }

  /** {@code u8 (name)(parameters)}: the first word is the type, not a macro. */
  private boolean startsDeclaration(int i, int word) {
    int first = i;
    while (first < word && isStorage(first)) {
      first++;
    }
    return first == word;
  }

  /** {@code int NAME(x)(parameters) {}}: the macro makes the function's name from its argument. */
  private void nameByMacro(int open) {
    int close = draft.match[open];
    draft.drop(open, close + 1);
    if (close == open + 2 && Kind.isName(shapes.kind(open + 1))) {
      draft.insertAfter(open - 1, "_" + tokens.text(open + 1));
    }
  }

  private boolean isPlainName(int i) {
    return shapes.kind(i) == Kind.NAME || shapes.kind(i) == Kind.TYPE_NAME;
  }

  private boolean isDeclaratorList(int open, int before) {
    boolean named = Kind.isName(shapes.kind(open - 1)) && shapes.kind(open - 2) != Kind.TAG;
    if (!named || shapes.isFunctionPointer(open - 1)) {
      return false;
    }
    return before < 0 || (!shapes.looksLikeParameters(before) && shapes.looksLikeParameters(open));
  }

  private boolean isBodyOfTag(int tag, int brace) {
    int names = 0;
    for (int k = tag + 1; k < brace; k++) {
      if (!Kind.isWord(shapes.kind(k))) {
        return false;
      }
      names += shapes.kind(k) == Kind.LOCAL_OBJECT ? 0 : 1;
    }
    return names <= 1;
  }

  private void body(int brace, int depth) {
    if (shapes.members.isEnum(brace)) {
      shapes.members.enumerators(brace + 1, draft.match[brace]);
    } else {
      shapes.members.members(brace + 1, draft.match[brace], depth + 1);
    }
  }

  /** Words behind a parameter list, up to the end of the declarator, are attributes. */
  private void trailing(int list, int end) {
    if (list < 0) {
      return;
    }
    annotate(list - 1, tokens.starts[end]);
    int from = draft.after(list);
    for (int k = from; k < end; k = Math.max(k, draft.match[k]) + 1) {
      if (shapes.kind(k) == ',' || (shapes.kind(k) == '(' && k == from)) {
        return;
      }
    }
    draft.drop(from, end);
  }

  private int function(int i, int list, int brace, int depth) {
    functions.add(brace);
    if (list < 0) {
      annotate(i, tokens.starts[brace]);
      int from = list < -1 ? draft.after(-2 - list) : brace;
      draft.drop(from, brace);
    } else {
      int from = draft.after(list);
      annotate(list - 1, tokens.starts[brace]);
      if (from < brace && shapes.kind(from) != '(' && shapes.kind(from) != ')') {
        draft.drop(from, brace);
      }
      leading(i, list - 1);
    }
    shapes.blocks.block(brace + 1, draft.match[brace], depth + 1);
    return draft.after(brace);
  }

  /** Unknown attribute calls before the name of a function. */
  private void leading(int i, int name) {
    for (int k = i; k < name; k++) {
      if (shapes.isCall(k) && !Kind.isLocal(shapes.kind(k))) {
        draft.drop(k, draft.after(k + 1));
        k = draft.match[k + 1];
      }
    }
  }
}
