// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.grammar.Grammar;
import dev.pinion.analyzer.parse.grammar.Lexemes;
import dev.pinion.analyzer.parse.syntax.TranslationUnit;
import java.util.ArrayList;
import java.util.List;

/** Hands a prepared reading to the grammar, with the file's own macros expanded. */
final class TreeParser {
  private final SourceText text;
  private final List<ParsedArm> arms = new ArrayList<>();
  private final List<ParseProblem> problems = new ArrayList<>();

  TreeParser(SourceText text) {
    this.text = text;
  }

  List<ParsedArm> arms() {
    return arms;
  }

  List<ParseProblem> problems() {
    return problems;
  }

  void parse(PreparedArm arm) {
    Emission emission = new Emission(arm.draft());
    List<Integer> starts = emission.write(arm.starts());
    Lexemes lexemes = emission.lexemes();
    if (!arm.definitions().isEmpty() || emission.hasTypedCalls()) {
      Expansion expansion = new Expansion();
      lexemes = expansion.expand(lexemes, arm.definitions(), starts);
      if (expansion.isTruncated()) {
        problems.add(
            new ParseProblem(
                ParseProblem.Kind.TOO_LARGE, 1, "", "the macros of the file expand without end"));
      }
    }
    TranslationUnit tree = Grammar.read(lexemes, starts, text::line);
    arms.add(new ParsedArm(arm.arm(), tree));
  }
}
