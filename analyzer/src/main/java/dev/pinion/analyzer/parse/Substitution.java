// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.grammar.Lexemes;
import dev.pinion.analyzer.parse.grammar.Symbol;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The body of a function-like macro with arguments in the place of parameters. */
final class Substitution {
  /** More white space than this does not stand between the lexemes of an argument. */
  private static final int MAX_GAP = 100;

  /** The most lexemes that one use gives; doubling macros must not fill the memory. */
  static final int LARGEST = 500_000;

  /** The longest text that is made of others. */
  private static final int LONGEST = 1 << 16;

  private final Replacement macro;
  private final Lexemes body;
  private final List<Lexemes> arguments;
  private final UnaryOperator<Lexemes> expanded;
  private final @Nullable Lexemes[] expansions;
  private final Lexemes out;

  Substitution(Replacement macro, List<Lexemes> arguments, UnaryOperator<Lexemes> expanded) {
    this.macro = macro;
    this.body = macro.body();
    this.arguments = arguments;
    this.expanded = expanded;
    this.expansions = new @Nullable Lexemes[macro.parameters()];
    this.out = new Lexemes(body.source(), body.count() + 16);
  }

  Lexemes result() {
    for (int i = 0; i < body.count() && out.count() < LARGEST; i++) {
      int parameter = macro.parameter(i);
      if (body.symbol(i) == '#' && macro.parameter(i + 1) >= 0) {
        out.add(Symbol.STRING, 0, 0, spelled(argument(macro.parameter(++i))));
      } else if (body.symbol(i) == Symbol.PASTE && i > 0 && i + 1 < body.count()) {
        paste(++i);
      } else if (body.symbol(i) == ',' && isRestPasted(i)) {
        Lexemes rest = argument(macro.parameter(i + 2));
        if (rest.count() > 0) {
          copy(body, i);
          all(expansion(macro.parameter(i + 2)));
        }
        i += 2;
      } else if (parameter < 0) {
        copy(body, i);
      } else if (body.symbol(i + 1) == Symbol.PASTE) {
        operand(parameter);
      } else {
        all(expansion(parameter));
      }
    }
    return out;
  }

  /** An operand before {@code ##}; one of nothing must not paste what stands before it. */
  private void operand(int parameter) {
    Lexemes argument = argument(parameter);
    all(argument);
    if (argument.count() == 0) {
      out.add(Symbol.END, 0, 0, "");
    }
  }

  /** {@code , ##args}: the comma goes if there are no arguments. */
  private boolean isRestPasted(int comma) {
    int parameter = macro.parameter(comma + 2);
    return body.symbol(comma + 1) == Symbol.PASTE && parameter >= 0 && macro.isRest(parameter);
  }

  /** Joins what stands before with what the lexeme behind {@code ##} is. */
  private void paste(int right) {
    int parameter = macro.parameter(right);
    Lexemes source = parameter < 0 ? body : argument(parameter);
    int from = parameter < 0 ? right : 0;
    int to = parameter < 0 ? right + 1 : source.count();
    int left = out.count() - 1;
    String before = left >= 0 ? out.text(left) : "";
    out.truncate(Math.max(0, left));
    String joined = before + (from < to ? source.text(from) : "");
    char[] chars = joined.length() > LONGEST ? new char[0] : joined.toCharArray();
    Tokens tokens = new Tokenizer(chars, 0, chars.length, Words.standard()).body().tokens();
    for (int k = 0; k < tokens.count; k++) {
      int symbol = Terminals.of(tokens.kinds[k], chars, tokens.starts[k], tokens.ends[k]);
      out.add(symbol, 0, 0, tokens.text(k));
    }
    boolean again = body.symbol(right + 1) == Symbol.PASTE;
    if (tokens.count == 0 && again) {
      out.add(Symbol.END, 0, 0, "");
    }
    for (int k = from + 1; k < to; k++) {
      copy(source, k);
    }
  }

  private Lexemes argument(int parameter) {
    return parameter < arguments.size() ? arguments.get(parameter) : new Lexemes(body.source(), 0);
  }

  private Lexemes expansion(int parameter) {
    Lexemes known = expansions[parameter];
    if (known == null) {
      known = expanded.apply(argument(parameter));
      expansions[parameter] = known;
    }
    return known;
  }

  private void all(Lexemes list) {
    for (int i = 0; i < list.count() && out.count() < LARGEST; i++) {
      copy(list, i);
    }
  }

  private void copy(Lexemes list, int i) {
    out.add(list.symbol(i), list.first(i), list.last(i), list.text(i));
  }

  /** Whether white space stood before; what came from different macros stands together. */
  private static boolean isApart(Lexemes argument, int i) {
    int gap = argument.first(i) - argument.last(i - 1) - 1;
    return gap > 0 && gap < MAX_GAP;
  }

  /** {@code #parameter}: the argument as a string, one space where white space was. */
  private static String spelled(Lexemes argument) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < argument.count() && text.length() < LONGEST; i++) {
      if (i > 0 && isApart(argument, i)) {
        text.append(' ');
      }
      String own = argument.text(i);
      boolean quoted =
          argument.symbol(i) == Symbol.STRING || argument.symbol(i) == Symbol.CHARACTER;
      text.append(quoted ? own.replace("\\", "\\\\").replace("\"", "\\\"") : own);
    }
    return text.append('"').toString();
  }
}
