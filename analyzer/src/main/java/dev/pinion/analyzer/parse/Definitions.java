// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;

/** Reads what the directives of a file say: its includes and macro definitions. */
final class Definitions {
  private Definitions() {}

  static List<Include> includes(
      SourceText text, List<Directive> directives, Conditionals conditionals) {
    List<Include> includes = new ArrayList<>();
    for (int i = 0; i < directives.size(); i++) {
      Directive directive = directives.get(i);
      if (directive.type() == Directive.Type.INCLUDE
          && conditionals.reading(i) == Conditionals.LIVE) {
        includes.add(include(text, directive));
      }
    }
    return includes;
  }

  private static Include include(SourceText text, Directive directive) {
    String body = text.substring(directive.bodyStart(), directive.end()).strip();
    int line = text.line(directive.start());
    if (body.startsWith("<") && body.indexOf('>') > 0) {
      return new Include(body.substring(1, body.indexOf('>')), Include.Style.ANGLED, line);
    }
    if (body.startsWith("\"") && body.indexOf('"', 1) > 0) {
      return new Include(body.substring(1, body.indexOf('"', 1)), Include.Style.QUOTED, line);
    }
    return new Include(body, Include.Style.MACRO, line);
  }

  /** The macros that may name something; half of all headers hold nothing but constants. */
  static List<MacroDefinition> macros(
      SourceText text, List<Directive> directives, Conditionals conditionals) {
    List<MacroDefinition> macros = new ArrayList<>();
    for (int i = 0; i < directives.size(); i++) {
      Directive directive = directives.get(i);
      if (directive.type() == Directive.Type.DEFINE
          && conditionals.reading(i) != Conditionals.DISABLED
          && !isPlainConstant(text.chars(), directive.bodyStart(), directive.end())) {
        MacroDefinition macro = macro(text, directive);
        boolean constant = macro.kind() == MacroDefinition.Kind.OBJECT && isConstant(macro.body());
        if (!macro.name().isEmpty() && !constant) {
          macros.add(macro);
        }
      }
    }
    return macros;
  }

  /** {@link #isConstant} on the text as it stands, where that is easily seen. */
  private static boolean isPlainConstant(char[] source, int start, int end) {
    int at = start;
    while (at < end && (source[at] == ' ' || source[at] == '\t')) {
      at++;
    }
    while (at < end && Tokenizer.isWordPart(source[at])) {
      at++;
    }
    if (at < end && source[at] != ' ' && source[at] != '\t') {
      return false;
    }
    while (at < end && (source[at] == ' ' || source[at] == '\t')) {
      at++;
    }
    if (at < end && source[at] == '"') {
      return true;
    }
    while (at < end) {
      if (source[at] == '\t' || Characters.isConstantPart(source[at])) {
        at++;
      } else if (source[at] == '/' && at + 1 < end && source[at + 1] == '*') {
        at = afterComment(source, at + 2, end);
      } else {
        return false;
      }
    }
    return true;
  }

  private static int afterComment(char[] source, int start, int end) {
    int at = start;
    while (at < end && !(source[at] == '*' && at + 1 < end && source[at + 1] == '/')) {
      at++;
    }
    return at + 2;
  }

  /** Nothing, a number, or a string: such macros name no other thing. */
  private static boolean isConstant(String body) {
    if (body.startsWith("\"")) {
      return true;
    }
    for (int i = 0; i < body.length(); i++) {
      if (!Characters.isConstantPart(body.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static MacroDefinition macro(SourceText text, Directive directive) {
    String body = clean(text.chars(), directive.bodyStart(), directive.end());
    int nameEnd = 0;
    while (nameEnd < body.length() && Tokenizer.isWordPart(body.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = body.substring(0, nameEnd);
    int line = text.line(directive.start());
    int close = body.indexOf(')', nameEnd);
    if (nameEnd < body.length() && body.charAt(nameEnd) == '(' && close > 0) {
      List<String> parameters = new ArrayList<>();
      String inside = body.substring(nameEnd + 1, close).strip();
      if (!inside.isEmpty()) {
        for (String parameter : inside.split(",", -1)) {
          parameters.add(parameter.strip());
        }
      }
      String replacement = body.substring(close + 1).strip();
      return new MacroDefinition(
          name, MacroDefinition.Kind.FUNCTION, parameters, replacement, line);
    }
    String replacement = body.substring(nameEnd).strip();
    return new MacroDefinition(name, MacroDefinition.Kind.OBJECT, List.of(), replacement, line);
  }

  /** The text on one line, without comments, with single spaces. */
  private static String clean(char[] source, int start, int end) {
    StringBuilder out = new StringBuilder(end - start);
    int i = start;
    while (i < end) {
      char c = source[i];
      char next = i + 1 < end ? source[i + 1] : 0;
      if (c == '/' && next == '*') {
        i = afterComment(source, i + 2, end);
        space(out);
      } else if (c == '/' && next == '/') {
        break;
      } else if (c == '"' || c == '\'') {
        i = quoted(source, i, end, out);
      } else if (c <= ' ' || (c == '\\' && (next == '\n' || next == '\r'))) {
        i++;
        space(out);
      } else {
        out.append(c);
        i++;
      }
    }
    return out.toString().strip();
  }

  private static int quoted(char[] source, int start, int end, StringBuilder out) {
    int i = start;
    do {
      out.append(source[i]);
      if (source[i] == '\\' && i + 1 < end) {
        out.append(source[++i]);
      }
      i++;
    } while (i < end && source[i] != source[start] && source[i] != '\n');
    if (i < end && source[i] == source[start]) {
      out.append(source[i++]);
    }
    return i;
  }

  private static void space(StringBuilder out) {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }
}
