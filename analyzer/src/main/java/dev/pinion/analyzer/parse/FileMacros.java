// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the macros that stand for declarations at file level. */
final class FileMacros {
  private final Shapes shapes;
  private final Draft draft;
  private final Tokens tokens;
  private final FileShapes file;

  FileMacros(Shapes shapes, FileShapes file) {
    this.shapes = shapes;
    this.draft = shapes.draft;
    this.tokens = shapes.tokens;
    this.file = file;
  }

  /** A declaration that starts with {@code NAME(...)}; returns 0 if it is an ordinary one. */
  int macro(int i, int word, int end, int depth) {
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
      return file.functionBody(word, next, depth);
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
    return (first == '.' && Kind.isName(shapes.kind(brace + 2))) || first == '[';
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
        || (shapes.kind(next) != ';' && shapes.kind(next) != '=' && shapes.kind(next) != '[')) {
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
    } else if (shapes.looksLikeParameters(open)) {
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
}
