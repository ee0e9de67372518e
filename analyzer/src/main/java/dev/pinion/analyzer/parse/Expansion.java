// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.grammar.Lexemes;
import dev.pinion.analyzer.parse.grammar.Symbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Expands the file's own macros, as the standard says. What a use expands to stands where the use
 * stands. The size of the result has a limit, behind which macros stay as they are.
 */
final class Expansion {
  /** What may be read and written in all; more than any file needs that people wrote. */
  private static final int LIMIT = 16_000_000;

  /** What the result may have more than the file. */
  private static final int LARGEST = 4_000_000;

  /** How deep arguments with calls among their lexemes nest at most. */
  private static final int MAX_DEPTH = 200;

  /** A name that met itself in its own expansion and is never expanded again. */
  private static final int FROZEN = Lexemes.MARK;

  private static final int FILTER_MASK = 0xffff;

  /** The definitions of a reading, in order, with their offsets in the file. */
  record Definition(int offset, String name, LocalMacro macro) {}

  private final Map<String, Replacement> active = new HashMap<>();
  private final BitSet filter = new BitSet();
  private int produced;
  private int depth;

  Expansion() {
    builtin("__builtin_va_arg", List.of("ap", "type"), "*(typeof(type) *)ap");
    builtin("__builtin_offsetof", List.of("T", "m"), "((size_t) &((T *)0)->m)");
    builtin(
        "__builtin_types_compatible_p",
        List.of("x", "y"),
        "__builtin_types_compatible_p(sizeof(x),sizeof(y))");
  }

  private void builtin(String name, List<String> parameters, String text) {
    define(name, Replacement.builtin(parameters, text));
  }

  private void define(String name, Replacement replacement) {
    active.put(name, replacement);
    filter.set(name.hashCode() & FILTER_MASK);
  }

  /**
   * Expands a list; one without a use of a macro is its own expansion.
   *
   * @param definitions in the order of their offsets; each holds from its offset on
   * @param marks indices into the list; replaced by the indices that they have in the result
   */
  Lexemes expand(Lexemes in, List<Definition> definitions, List<Integer> marks) {
    Run run = new Run(in, new Lexemes(in.source(), 0));
    int next = 0;
    int mark = 0;
    int copied = 0;
    while (run.at < in.count()) {
      while (next < definitions.size() && definitions.get(next).offset() <= in.first(run.at)) {
        Definition definition = definitions.get(next++);
        define(definition.name(), Replacement.of(definition.macro()));
      }
      while (mark < marks.size() && marks.get(mark) <= run.at) {
        marks.set(mark++, run.out.count() + run.at - copied);
      }
      int use = run.at;
      if (macro(in, use) == null) {
        run.at++;
      } else {
        run.out.reserve(in.count() + in.count() / 8 + 16);
        run.out.addAll(in, copied, use);
        int begin = run.out.count();
        run.use();
        run.out.place(begin, in.first(use), in.last(run.at - 1));
        copied = run.at;
      }
    }
    if (copied == 0) {
      return in;
    }
    run.out.addAll(in, copied, in.count());
    while (mark < marks.size()) {
      marks.set(mark++, run.out.count());
    }
    return run.out;
  }

  /** Whether the limit was reached. */
  boolean isTruncated() {
    return produced >= LIMIT;
  }

  private @Nullable Replacement macro(Lexemes list, int i) {
    int symbol = list.symbol(i);
    if (!Symbol.isWord(symbol) || (symbol & FROZEN) != 0 || produced >= LIMIT) {
      return null;
    }
    String own = list.ownText(i);
    int hash =
        own != null ? own.hashCode() : Words.hash(list.source(), list.first(i), list.last(i) + 1);
    return filter.get(hash & FILTER_MASK) ? active.get(list.text(i)) : null;
  }

  /** The body of a macro with its arguments in place, being read. */
  private static final class Frame {
    private final Lexemes list;
    private final Replacement macro;
    private int at;

    Frame(Lexemes list, Replacement macro) {
      this.list = list;
      this.macro = macro;
    }
  }

  /** One list being expanded. */
  private final class Run {
    private final Lexemes in;
    private final Lexemes out;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int at;

    Run(Lexemes in, Lexemes out) {
      this.in = in;
      this.out = out;
    }

    /** Expands the macro that comes next until nothing of its expansion is left. */
    void use() {
      do {
        step();
        settle();
      } while (!frames.isEmpty());
    }

    private void settle() {
      for (Frame top = frames.peek(); top != null; top = frames.peek()) {
        if (top.at < top.list.count()) {
          return;
        }
        top.macro.expanding = false;
        frames.pop();
      }
    }

    private void step() {
      Frame top = frames.peek();
      Lexemes list = top == null ? in : top.list;
      int i = top == null ? at++ : top.at++;
      Replacement macro = macro(list, i);
      if (macro == null) {
        emit(list, i, list.symbol(i));
      } else if (macro.expanding) {
        emit(list, i, list.symbol(i) | FROZEN);
      } else if (!macro.isFunction()) {
        push(macro, macro.pastes() ? substituted(macro, List.of()) : macro.body());
      } else if (nextSymbol() == '(') {
        push(macro, substituted(macro, arguments(macro)));
      } else {
        emit(list, i, list.symbol(i));
      }
    }

    private void emit(Lexemes list, int i, int symbol) {
      out.add(symbol, list.first(i), list.last(i), list.text(i));
      produced++;
    }

    private void push(Replacement macro, Lexemes list) {
      produced += list.count();
      if (list.count() >= Substitution.LARGEST || out.count() - in.count() >= LARGEST) {
        produced = LIMIT;
      }
      macro.expanding = true;
      frames.push(new Frame(list, macro));
    }

    private Lexemes substituted(Replacement macro, List<Lexemes> arguments) {
      return new Substitution(macro, arguments, Expansion.this::expanded).result();
    }

    private int nextSymbol() {
      settle();
      Frame top = frames.peek();
      return top == null ? in.symbol(at) : top.list.symbol(top.at);
    }

    /** The arguments behind a name; the last one takes what there are too many of if it may. */
    private List<Lexemes> arguments(Replacement macro) {
      List<Lexemes> all = new ArrayList<>();
      Lexemes argument = new Lexemes(in.source(), 8);
      all.add(argument);
      int open = 0;
      for (int symbol = nextSymbol(); symbol != Symbol.END; symbol = nextSymbol()) {
        Frame top = frames.peek();
        Lexemes list = top == null ? in : top.list;
        int i = top == null ? at++ : top.at++;
        if (symbol == '(' && open++ == 0) {
          continue;
        }
        if (symbol == ')' && --open == 0) {
          break;
        }
        if (symbol == ',' && open == 1 && !macro.isRest(all.size() - 1)) {
          argument = new Lexemes(in.source(), 8);
          all.add(argument);
        } else {
          argument.add(symbol, list.first(i), list.last(i), list.text(i));
        }
      }
      return all;
    }
  }

  /** An argument with its macros expanded. */
  private Lexemes expanded(Lexemes argument) {
    boolean plain = true;
    for (int i = 0; i < argument.count() && plain; i++) {
      plain = macro(argument, i) == null;
    }
    if (plain || depth >= MAX_DEPTH) {
      return argument;
    }
    depth++;
    Run run = new Run(argument, new Lexemes(argument.source(), argument.count() * 2));
    while (run.at < argument.count()) {
      run.use();
    }
    depth--;
    return run.out;
  }
}
