// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the declarations of a file: finds functions and takes macros out of the way. */
final class FileShapes {
  private final Shapes shapes;
  private final Draft draft;
  private final Tokens tokens;
  private final List<Attributes.Lock> locks;
  private final List<Integer> starts = new ArrayList<>();
  private final List<Integer> functions = new ArrayList<>();
  private int nextLock;

  FileShapes(Shapes shapes, List<Attributes.Lock> locks) {
    this.shapes = shapes;
    this.draft = shapes.draft;
    this.tokens = shapes.tokens;
    this.locks = locks;
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
      int next = macro(i, word, end, depth);
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

  /** A declaration that starts with {@code NAME(...)}; returns 0 if it is an ordinary one. */
  private int macro(int i, int word, int end, int depth) {
    int next = draft.after(word + 1);
    int kind = next < end ? shapes.kind(next) : ';';
    if (Kind.isLocal(shapes.kind(word))) {
      return localMacro(i, word, next, end);
    }
    String template = Words.standard().template(tokens.text(word));
    if (kind == '{' && isInitialiser(next)) {
      record(i, word);
      int name = Kind.isName(shapes.kind(word + 2)) ? word + 2 : word;
      draft.drop(i, next);
      draft.insertBefore(i, "int " + tokens.text(name) + " = ");
      shapes.expressions.initializer(next + 1, draft.match[next], depth + 1);
      draft.insertAfter(draft.match[next], ";");
      return draft.after(next);
    }
    if (kind == '{') {
      define(i, word, template);
      return functionBody(word, next, depth);
    }
    if (isAttributeOf(next, end)) {
      draft.drop(word, next);
      return next;
    }
    if (kind == '.') {
      record(i, word);
      return fields(i, word, next, end, depth);
    }
    if (kind == '(') {
      return 0;
    }
    record(i, word);
    if (shapes.kind(word) == Kind.VARIABLE_MACRO && !template.isEmpty()) {
      shapes.templates.apply(word, template);
      return afterVariable(next, end, depth);
    }
    if (kind == '=' || kind == '[') {
      variable(word);
      return afterVariable(next, end, depth);
    }
    int stop = kind == ';' ? Math.min(next + 1, end) : next;
    if (kind == ',' || kind == Kind.OPERATOR) {
      stop = Math.min(shapes.find(';', next, end) + 1, end);
    }
    draft.drop(i, stop);
    return stop;
  }

  private boolean isInitialiser(int brace) {
    int first = shapes.kind(brace + 1);
    return first == '.' && Kind.isName(shapes.kind(brace + 2)) || first == '[';
  }

  /** A call on the same line as a type is an attribute of what follows. */
  private boolean isAttributeOf(int next, int end) {
    int kind = shapes.kind(next);
    return next < end && Kind.isWord(kind) && !tokens.startsLine(next);
  }

  /** {@code START(name, ...) .field = value, ... END} is a variable with an initialiser. */
  private int fields(int i, int word, int next, int end, int depth) {
    int stop = next;
    while (stop < end && !(tokens.atColumnZero(stop) && Kind.isWord(shapes.kind(stop)))) {
      stop = Math.max(stop, draft.match[stop]) + 1;
    }
    int name = word;
    if (Kind.isName(shapes.kind(word + 2))) {
      name = word + 2;
    }
    draft.drop(i, next);
    draft.insertBefore(next, "int " + tokens.text(name) + " = {");
    shapes.expressions.initializer(next, stop, depth + 1);
    draft.insertAfter(stop - 1, "};");
    if (stop < end && Kind.isName(shapes.kind(stop))) {
      draft.drop(stop);
      return shapes.kind(stop + 1) == ';' ? stop + 2 : stop + 1;
    }
    return stop;
  }

  private int afterVariable(int next, int end, int depth) {
    if (next >= end
        || shapes.kind(next) != ';' && shapes.kind(next) != '=' && shapes.kind(next) != '[') {
      draft.insertAfter(next - 1, ";");
      return next;
    }
    int stop = shapes.find(';', next, end);
    shapes.expressions.expression(next, stop, depth + 1);
    return stop + 1;
  }

  /** An unknown macro that declares a variable with an initialiser: its last name is taken. */
  private void variable(int word) {
    int close = draft.match[word + 1];
    int name = word;
    for (int k = word + 2; k < close; k++) {
      if (Kind.isName(shapes.kind(k))) {
        name = k;
      }
    }
    draft.drop(word, close + 1);
    draft.insertBefore(word, "int " + tokens.text(name));
  }

  private int localMacro(int i, int word, int next, int end) {
    int kind = next < end ? shapes.kind(next) : 0;
    shapes.expressions.noteTypes(word + 1);
    shapes.expressions.expression(word + 2, next - 1, 1);
    if (isOpaque(shapes.local(word), 0)) {
      record(i, word);
      int stop = kind == ';' || kind == '=' ? shapes.find(';', next, end) + 1 : next;
      draft.drop(i, Math.min(stop, end));
      return stop;
    }
    if (kind == '{' || kind == '=' || kind == '[' || isAttributeOf(next, end)) {
      shapes.noteUse(word, LocalMacro.Use.HEAD);
      return 0;
    }
    shapes.noteUse(word, LocalMacro.Use.FILE);
    record(i, word);
    if (kind == ';') {
      draft.drop(next);
      return next + 1;
    }
    return next;
  }

  /** True if a macro is nothing but another one that only a header defines. */
  private boolean isOpaque(@Nullable LocalMacro macro, int depth) {
    if (macro == null || depth > 10 || macro.body.kind(1) != '(') {
      return false;
    }
    int first = macro.body.kind(0);
    LocalMacro inner = shapes.macros.get(macro.body.text(0));
    return inner != null ? isOpaque(inner, depth + 1) : Kind.isName(first);
  }

  private void record(int i, int word) {
    List<String> arguments = new ArrayList<>();
    for (int[] argument : shapes.arguments(word + 1)) {
      arguments.add(tokens.text(argument[0], argument[1]));
    }
    int offset = tokens.starts[word];
    shapes.invocations.add(
        new MacroInvocation(
            tokens.text(word),
            arguments,
            i < word ? tokens.text(i, word) : "",
            offset,
            shapes.text.line(offset)));
  }

  /** A macro that starts a function definition. */
  private void define(int i, int word, String template) {
    record(i, word);
    int open = word + 1;
    int close = draft.match[open];
    if (!template.isEmpty()) {
      shapes.templates.apply(word, template);
    } else if (looksLikeParameters(open)) {
      draft.insertBefore(word, "int ");
    } else {
      List<int[]> arguments = shapes.arguments(open);
      draft.insertBefore(word, "int ");
      draft.drop(open + 1, close);
      if (!arguments.isEmpty() && Kind.isName(shapes.kind(arguments.get(0)[0]))) {
        draft.replace(word, name(arguments));
        parameters(arguments, close);
      }
    }
  }

  /** The names among the arguments, up to the first that looks like a parameter. */
  private String name(List<int[]> arguments) {
    StringBuilder name = new StringBuilder();
    for (int[] argument : arguments) {
      if (argument[1] - argument[0] != 1 || !Kind.isName(shapes.kind(argument[0]))) {
        break;
      }
      name.append(name.isEmpty() ? "" : "_").append(tokens.text(argument[0]));
    }
    return name.isEmpty() ? tokens.text(arguments.get(0)[0]) : name.toString();
  }

  private void parameters(List<int[]> arguments, int close) {
    StringBuilder parameters = new StringBuilder();
    for (int[] argument : arguments.subList(1, arguments.size())) {
      if (argument[1] - argument[0] > 1) {
        parameters.append(parameters.isEmpty() ? "" : ", ");
        parameters.append(tokens.text(argument[0], argument[1]));
      }
    }
    draft.insertBefore(close, parameters.toString());
  }

  private int functionBody(int name, int brace, int depth) {
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
        } else if (list >= 0 && k == draft.after(list) && looksLikeParameters(k)) {
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
    return before < 0 || !looksLikeParameters(before) && looksLikeParameters(open);
  }

  private boolean isBodyOfTag(int tag, int brace) {
    return brace - tag <= 2;
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
      if (shapes.kind(k) == ',' || shapes.kind(k) == '(' && k == from) {
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

  /** True for an empty list, {@code void}, or two words (or a star) side by side. */
  private boolean looksLikeParameters(int open) {
    int close = draft.match[open];
    if (close == open + 1) {
      return true;
    }
    for (int k = open + 1; k < close; k++) {
      int kind = shapes.kind(k);
      if (Kind.startsDeclaration(kind) || kind == Kind.ELLIPSIS) {
        return true;
      }
      if (Kind.isName(kind) && Kind.isName(shapes.kind(k + 1))
          || kind == '*' && Kind.isName(shapes.kind(k + 1))) {
        return true;
      }
    }
    return false;
  }
}
