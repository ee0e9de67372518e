// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.Declarations.Macro;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The replacement text of a macro as tokens: enough of the preprocessor to see which names a body
 * calls with what, after its parameters have been replaced. White space and layout do not count.
 *
 * @param tokens names, numbers, literals and operators, in order
 */
record MacroText(List<String> tokens) {
  MacroText {
    tokens = List.copyOf(tokens);
  }

  /** A call in the text: the name, its place among the tokens, and its arguments. */
  record Call(String name, int index, List<MacroText> arguments) {
    Call {
      arguments = List.copyOf(arguments);
    }

    /** The argument at that position; an empty text if there is none. */
    MacroText argument(int position) {
      return position >= 0 && position < arguments.size()
          ? arguments.get(position)
          : new MacroText(List.of());
    }
  }

  static MacroText of(String text) {
    List<String> tokens = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || c == '\\') {
        i++;
        continue;
      }
      int end = end(text, i, c);
      tokens.add(text.substring(i, end));
      i = end;
    }
    return new MacroText(tokens);
  }

  private static int end(String text, int start, char first) {
    if (isNamePart(first)) {
      int i = start + 1;
      while (i < text.length() && isNamePart(text.charAt(i))) {
        i++;
      }
      return i;
    }
    if (first == '"' || first == '\'') {
      int i = start + 1;
      while (i < text.length() && text.charAt(i) != first) {
        i += text.charAt(i) == '\\' ? 2 : 1;
      }
      return Math.min(text.length(), i + 1);
    }
    boolean pair =
        text.startsWith("##", start)
            || text.startsWith("->", start)
            || text.startsWith("==", start)
            || text.startsWith("!=", start)
            || text.startsWith("?:", start);
    return pair ? start + 2 : start + 1;
  }

  static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  static boolean isName(String token) {
    return !token.isEmpty() && isNamePart(token.charAt(0)) && !Character.isDigit(token.charAt(0));
  }

  /** Every {@code name(…)} in the text, also inside arguments, in order. */
  List<Call> calls() {
    List<Call> all = new ArrayList<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (isName(tokens.get(i)) && tokens.get(i + 1).equals("(")) {
        all.add(new Call(tokens.get(i), i, arguments(i + 1)));
      }
    }
    return all;
  }

  private List<MacroText> arguments(int open) {
    List<MacroText> all = new ArrayList<>();
    List<String> current = new ArrayList<>();
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      String token = tokens.get(i);
      boolean opens = token.equals("(") || token.equals("[") || token.equals("{");
      boolean closes = token.equals(")") || token.equals("]") || token.equals("}");
      depth += opens ? 1 : closes ? -1 : 0;
      if (depth == 0 || (depth == 1 && token.equals(","))) {
        all.add(new MacroText(current));
        current = new ArrayList<>();
        if (depth == 0) {
          break;
        }
      } else if (i > open) {
        current.add(token);
      }
    }
    return all;
  }

  /**
   * The index of the token that closes the bracket at {@code open}; the last token if none does.
   */
  int closing(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      String token = tokens.get(i);
      depth += isOpen(token) ? 1 : isClose(token) ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return tokens.size() - 1;
  }

  /** The index of the token that opens the bracket closed at {@code close}; -1 if none does. */
  int opening(int close) {
    int depth = 0;
    for (int i = close; i >= 0; i--) {
      String token = tokens.get(i);
      depth += isClose(token) ? 1 : isOpen(token) ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  static boolean isOpen(String token) {
    return token.equals("(") || token.equals("[") || token.equals("{");
  }

  static boolean isClose(String token) {
    return token.equals(")") || token.equals("]") || token.equals("}");
  }

  /** The single token this text is, without parentheses around it; empty if it is more. */
  String single() {
    int from = 0;
    int to = tokens.size();
    while (to - from > 2 && tokens.get(from).equals("(") && closing(from) == to - 1) {
      from++;
      to--;
    }
    return to - from == 1 ? tokens.get(from) : "";
  }

  /** The body of a macro with its parameters replaced by {@code arguments}. */
  static MacroText expand(Macro macro, List<MacroText> arguments) {
    Map<String, MacroText> bound = bind(macro.parameters(), arguments);
    List<String> body = of(macro.body()).tokens();
    List<String> out = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      String token = body.get(i);
      if (token.equals("##")) {
        paste(out, i + 1 < body.size() ? replacement(bound, body.get(i + 1)) : List.of());
        i++;
      } else if (token.equals("#") && i + 1 < body.size() && bound.containsKey(body.get(i + 1))) {
        out.add('"' + String.join(" ", replacement(bound, body.get(i + 1))) + '"');
        i++;
      } else {
        out.addAll(replacement(bound, token));
      }
    }
    return new MacroText(out);
  }

  private static Map<String, MacroText> bind(List<String> parameters, List<MacroText> arguments) {
    Map<String, MacroText> bound = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i);
      if (name.endsWith("...")) {
        String rest = name.equals("...") ? "__VA_ARGS__" : name.substring(0, name.length() - 3);
        List<String> all = new ArrayList<>();
        for (int k = i; k < arguments.size(); k++) {
          if (k > i) {
            all.add(",");
          }
          all.addAll(arguments.get(k).tokens());
        }
        bound.put(rest.strip(), new MacroText(all));
      } else {
        bound.put(name, i < arguments.size() ? arguments.get(i) : new MacroText(List.of()));
      }
    }
    return bound;
  }

  private static List<String> replacement(Map<String, MacroText> bound, String token) {
    MacroText argument = bound.get(token);
    return argument == null ? List.of(token) : argument.tokens();
  }

  private static void paste(List<String> out, List<String> right) {
    boolean afterComma = !out.isEmpty() && out.get(out.size() - 1).equals(",");
    if (afterComma) { // GNU: ", ## args" drops the comma with the arguments.
      if (right.isEmpty()) {
        out.remove(out.size() - 1);
      }
      out.addAll(right);
      return;
    }
    if (right.isEmpty()) {
      return;
    }
    String left = out.isEmpty() ? "" : out.remove(out.size() - 1);
    out.add(left + right.get(0));
    out.addAll(right.subList(1, right.size()));
  }

  /** The texts as written, for messages and for a further expansion. */
  @Override
  public String toString() {
    return String.join(" ", tokens);
  }
}
