// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Matches the brackets of a token list. A list whose brackets do not match is repaired: a closing
 * brace in the first column ends everything that is open, missing closers are inserted and
 * superfluous ones are dropped, so that the damage stays inside one definition.
 */
final class Brackets {
  /** Nested deeper than this, a bracket's content is dropped: recursive parsers would overflow. */
  static final int MAX_DEPTH = 150;

  private Tokens tokens;
  private int[] match;
  private final List<ParseProblem> problems = new ArrayList<>();
  private final SourceText text;

  Brackets(Tokens tokens, SourceText text) {
    this.tokens = tokens;
    this.text = text;
    this.match = new int[tokens.count];
    int deepest = match();
    if (deepest < 0) {
      this.tokens = repaired();
      this.match = new int[this.tokens.count];
      deepest = match();
    }
    if (deepest > MAX_DEPTH) {
      this.tokens = flattened();
      this.match = new int[this.tokens.count];
      match();
    }
  }

  Tokens tokens() {
    return tokens;
  }

  /** For every bracket the index of its partner, for other tokens their own index. */
  int[] matches() {
    return match;
  }

  List<ParseProblem> problems() {
    return problems;
  }

  private static int closer(int open) {
    return open == '(' ? ')' : open + 2;
  }

  /** Returns the greatest depth, or -1 if the brackets do not match. */
  private int match() {
    int[] stack = new int[64];
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < tokens.count; i++) {
      int kind = tokens.kinds[i];
      match[i] = i;
      if (Kind.isOpen(kind)) {
        if (depth == stack.length) {
          stack = java.util.Arrays.copyOf(stack, depth * 2);
        }
        stack[depth++] = i;
        deepest = Math.max(deepest, depth);
      } else if (Kind.isClose(kind)) {
        if (depth == 0 || closer(tokens.kinds[stack[depth - 1]]) != kind) {
          return -1;
        }
        int open = stack[--depth];
        match[open] = i;
        match[i] = open;
      }
    }
    return depth == 0 ? deepest : -1;
  }

  private Tokens repaired() {
    Tokens out = new Tokens(tokens.source, tokens.count + 16);
    int[] stack = new int[tokens.count + 1];
    int depth = 0;
    for (int i = 0; i < tokens.count; i++) {
      int kind = tokens.kinds[i];
      if (Kind.isOpen(kind)) {
        stack[depth++] = kind;
      } else if (Kind.isClose(kind)) {
        int keep = partner(stack, depth, kind, tokens.atColumnZero(i));
        if (keep < 0) {
          problem(i, "superfluous " + (char) kind);
          continue;
        }
        if (keep < depth - 1) {
          problem(i, "missing " + (char) closer(stack[depth - 1]));
        }
        while (depth > keep + 1) {
          insert(out, closer(stack[--depth]), tokens.starts[i]);
        }
        depth--;
      }
      out.addFrom(tokens, i);
    }
    if (depth > 0) {
      problem(tokens.count - 1, "missing " + (char) closer(stack[depth - 1]));
    }
    while (depth > 0) {
      insert(out, closer(stack[--depth]), tokens.ends[tokens.count - 1]);
    }
    return out;
  }

  /** The index of the open bracket that a closer ends, or -1 if it ends none. */
  private static int partner(int[] stack, int depth, int kind, boolean columnZero) {
    if (kind == '}') {
      int found = -1;
      for (int k = depth - 1; k >= 0; k--) {
        if (stack[k] == '{') {
          found = k;
          if (!columnZero) {
            return k;
          }
        }
      }
      return found;
    }
    for (int k = depth - 1; k >= 0 && stack[k] != '{'; k--) {
      if (closer(stack[k]) == kind) {
        return k;
      }
    }
    return -1;
  }

  private static void insert(Tokens out, int kind, int offset) {
    out.add(kind, offset, offset, false);
  }

  /** Drops what is nested too deep, together with the outermost brackets' content. */
  private Tokens flattened() {
    Tokens out = new Tokens(tokens.source, tokens.count);
    for (int i = 0; i < tokens.count; i++) {
      out.addFrom(tokens, i);
      if (Kind.isOpen(tokens.kinds[i]) && depthBelow(i) > MAX_DEPTH) {
        problems.add(
            new ParseProblem(
                ParseProblem.Kind.TOO_DEEP,
                text.line(tokens.starts[i]),
                "",
                "nested deeper than " + MAX_DEPTH + " brackets"));
        i = match[i] - 1;
      }
    }
    return out;
  }

  private int depthBelow(int open) {
    int depth = 0;
    int deepest = 0;
    for (int i = open; i < match[open]; i++) {
      int kind = tokens.kinds[i];
      depth += Kind.isOpen(kind) ? 1 : Kind.isClose(kind) ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  private void problem(int token, String message) {
    problems.add(
        new ParseProblem(
            ParseProblem.Kind.UNBALANCED, text.line(tokens.starts[token]), "", message));
  }
}
