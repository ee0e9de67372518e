// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Declarations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where names are used as values, found when a name is asked for. */
final class Mentions {
  private final Program program;

  Mentions(Program program) {
    this.program = program;
  }

  /** Where a name is used as a value, in path order. */
  List<Mention> of(String name) {
    List<Mention> all = new ArrayList<>();
    for (String path : program.files(Term.MENTION, name)) {
      all.addAll(program.linked(path).mentions(name));
      addTexts(name, path, all);
    }
    return all;
  }

  /** Where a function is used as a value, or has its name in the body of a macro. */
  List<Mention> ofFunction(String name) {
    List<Mention> all = of(name);
    for (String path : program.files(Term.MACRO_WORD, name)) {
      program
          .linked(path)
          .macros(Term.MACRO_WORD, name, macro -> isIn(macro.body(), name, ""))
          .forEach(macro -> all.add(new Mention.InMacro(path, macro.name())));
    }
    all.sort(Comparator.comparing(Mention::file)); // stable
    return all;
  }

  private boolean isIn(Declarations.Invocation invocation, String name) {
    return invocation.arguments().stream().anyMatch(a -> isIn(a, name, invocation.name()));
  }

  private void addTexts(String name, String path, List<Mention> into) {
    for (Declarations.Invocation invocation :
        program.linked(path).invocations(Term.MENTION, name, i -> isIn(i, name))) {
      for (String argument : invocation.arguments()) {
        if (isIn(argument, name, invocation.name())) {
          into.add(new Mention.InText(path, invocation.name()));
        }
      }
    }
  }

  /**
   * Whether the name stands in a text that is more than it: then anything may become of it. What
   * stands behind {@code ->} is a member, and the text of a trace event only calls.
   */
  private boolean isIn(String text, String name, String macro) {
    if (text.length() <= name.length() || !text.contains(name)) {
      return false;
    }
    MacroText body = MacroText.of(text);
    List<String> tokens = body.tokens();
    if (tokens.size() < 2) {
      return false;
    }
    if (isNamed(macro)) {
      return body.calls().stream().anyMatch(c -> c.name().equals(name));
    }
    for (int i = 0; i < tokens.size(); i++) {
      boolean member = i > 0 && (tokens.get(i - 1).equals("->") || tokens.get(i - 1).equals("."));
      if (!member && tokens.get(i).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the macro gives names that only happen to be those of functions. */
  private boolean isNamed(String macro) {
    return program.model().does(macro, "context", "name");
  }
}
