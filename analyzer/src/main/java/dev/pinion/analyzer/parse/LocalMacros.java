// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The macros of one file that are expanded: those the file uses, without object-like ones that
 * stand for a constant (a name parses as well as a number).
 */
final class LocalMacros {
  private static final int FILTER_MASK = 0xffff;

  private final Map<String, LocalMacro> byName = new HashMap<>();
  private final List<LocalMacro> inOrder = new ArrayList<>();
  private final BitSet filter = new BitSet();

  private LocalMacros() {}

  /** Harvests the definitions of a reading that its tokens need. */
  static LocalMacros of(
      Tokens tokens, List<Directive> directives, Conditionals conditionals, boolean other) {
    LocalMacros macros = new LocalMacros();
    if (!defineAny(directives)) {
      return macros;
    }
    BitSet used = new BitSet();
    note(tokens, used);
    for (int i = directives.size() - 1; i >= 0; i--) {
      byte reading = conditionals.reading(i);
      boolean visible = reading == Conditionals.LIVE || (other && reading == Conditionals.OTHER);
      if (visible && directives.get(i).type() == Directive.Type.DEFINE) {
        macros.add(tokens.source, directives.get(i), i, used);
      }
    }
    java.util.Collections.reverse(macros.inOrder);
    return macros;
  }

  private static boolean defineAny(List<Directive> directives) {
    for (Directive directive : directives) {
      if (directive.type() == Directive.Type.DEFINE) {
        return true;
      }
    }
    return false;
  }

  private static void note(Tokens tokens, BitSet used) {
    for (int i = 0; i < tokens.count; i++) {
      if (Kind.isWord(tokens.kinds[i])) {
        used.set(tokens.hashes[i] & FILTER_MASK);
      }
    }
  }

  private void add(char[] source, Directive directive, int index, BitSet used) {
    int start = directive.bodyStart();
    while (start < directive.end() && !Tokenizer.isWordStart(source[start])) {
      start++;
    }
    int nameEnd = start;
    while (nameEnd < directive.end() && Tokenizer.isWordPart(source[nameEnd])) {
      nameEnd++;
    }
    int hash = Words.hash(source, start, nameEnd) & FILTER_MASK;
    if (!used.get(hash)) {
      return;
    }
    boolean isFunction = nameEnd < directive.end() && source[nameEnd] == '(';
    int headEnd = nameEnd;
    if (isFunction) {
      while (headEnd < directive.end() && source[headEnd] != ')') {
        headEnd++;
      }
      headEnd = Math.min(directive.end(), headEnd + 1);
    }
    Tokens body = new Tokenizer(source, headEnd, directive.end(), Words.standard()).body().tokens();
    if (!isFunction && isConstant(body)) {
      return;
    }
    note(body, used);
    filter.set(hash);
    List<String> parameters = List.of();
    if (isFunction) {
      parameters = parameters(source, nameEnd + 1, headEnd - 1);
    }
    String name = new String(source, start, nameEnd - start);
    LocalMacro macro = new LocalMacro(name, isFunction, parameters, index, headEnd, body);
    byName.put(macro.name, macro);
    inOrder.add(macro);
  }

  /** The parameter names; a variadic list ends with the name of the rest. */
  private static List<String> parameters(char[] source, int start, int end) {
    List<String> parameters = new ArrayList<>();
    Tokens list = new Tokenizer(source, start, end, Words.standard()).body().tokens();
    for (int i = 0; i < list.count; i++) {
      if (Kind.isWord(list.kinds[i])) {
        parameters.add(list.text(i));
      } else if (list.kinds[i] == Kind.ELLIPSIS) {
        if (list.kind(i - 1) == ',' || i == 0) {
          parameters.add("__VA_ARGS__");
        }
        parameters.add("...");
      }
    }
    return parameters;
  }

  /** A number, a string, or an expression over numbers, strings and names in capitals. */
  private static boolean isConstant(Tokens body) {
    for (int i = 0; i < body.count; i++) {
      int kind = body.kinds[i];
      if (Kind.isWord(kind)) {
        if (kind != Kind.NAME || !isCapitals(body, i)) {
          return false;
        }
      } else if (kind == '{' || kind == '}' || kind == ';' || kind == '#' || kind == '=') {
        return false;
      }
    }
    return body.count > 0 && isComplete(body);
  }

  /** An operand at both ends: {@code #define FOO bar +} is no constant. */
  private static boolean isComplete(Tokens body) {
    int first = body.kinds[0];
    int last = body.kinds[body.count - 1];
    return (first == '(' || first == '-' || first == '~' || isOperand(first))
        && (last == ')' || isOperand(last));
  }

  private static boolean isOperand(int kind) {
    return Kind.isWord(kind) || (kind >= Kind.NUMBER && kind <= Kind.CHARACTER);
  }

  private static boolean isCapitals(Tokens body, int i) {
    for (int k = body.starts[i]; k < body.ends[i]; k++) {
      char c = body.source[k];
      if (c >= 'a' && c <= 'z') {
        return false;
      }
    }
    return true;
  }

  /** Marks the names of the tokens that will be expanded. */
  void classify(Tokens tokens) {
    if (byName.isEmpty()) {
      return;
    }
    for (int i = 0; i < tokens.count; i++) {
      if (!Kind.isWord(tokens.kinds[i])) {
        continue;
      }
      if (filter.get(tokens.hashes[i] & FILTER_MASK)) {
        LocalMacro macro = byName.get(tokens.text(i));
        if (macro != null) {
          tokens.kinds[i] = macro.isFunction ? functionKind(tokens, i) : objectKind(macro);
        }
      }
    }
  }

  /** Marks the names in a macro's body: its parameters, and what will be expanded. */
  void classifyBody(LocalMacro macro) {
    classify(macro.body);
    for (int i = 0; i < macro.body.count && !macro.parameters.isEmpty(); i++) {
      if (Kind.isWord(macro.body.kinds[i]) && macro.parameters.contains(macro.body.text(i))) {
        macro.body.kinds[i] = Kind.PARAMETER;
      }
    }
  }

  private static int functionKind(Tokens tokens, int i) {
    return tokens.kind(i + 1) == '(' ? Kind.LOCAL_FUNCTION : Kind.NAME;
  }

  /** An alias of a type or a storage class plays that part. */
  private static int objectKind(LocalMacro macro) {
    int first = macro.body.kind(0);
    return first >= Kind.TYPE && first <= Kind.STORAGE && first != Kind.TAG
        ? first
        : Kind.LOCAL_OBJECT;
  }

  @Nullable LocalMacro get(String name) {
    return byName.get(name);
  }

  List<LocalMacro> inOrder() {
    return inOrder;
  }
}
