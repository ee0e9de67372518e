// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.syntax.Declaration;
import dev.pinion.analyzer.parse.syntax.Declaration.FunctionDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the functions of the trees and what could not be parsed inside and between them. */
final class Coverage {
  /** How much of the text at a problem its message shows. */
  private static final int EXCERPT = 60;

  /** How many problems of one declaration are reported. */
  private static final int MAX_PROBLEMS = 20;

  private final SourceText text;
  private final List<FunctionSpan> functions = new ArrayList<>();
  private final List<ParseProblem> problems = new ArrayList<>();

  Coverage(SourceText text) {
    this.text = text;
  }

  void add(ParsedArm arm) {
    List<Integer> offsets = arm.tree().problems();
    int next = 0;
    for (Declaration declaration : arm.tree().declarations()) {
      int begin = next;
      while (next < offsets.size() && offsets.get(next) <= declaration.last()) {
        next++;
      }
      add(arm.arm(), declaration, offsets.subList(begin, next));
    }
    offsets.subList(next, offsets.size()).forEach(offset -> problems.add(problem("", offset)));
  }

  private void add(Arm arm, Declaration declaration, List<Integer> offsets) {
    String function =
        declaration instanceof FunctionDefinition definition
            ? definition.declarator().innermost().name()
            : "";
    List<ParseProblem> found = offsets.isEmpty() ? List.of() : problems(function, offsets);
    problems.addAll(found);
    if (declaration instanceof FunctionDefinition) {
      int first = text.line(declaration.first());
      functions.add(new FunctionSpan(function, arm, first, text.line(declaration.last()), found));
    }
  }

  private List<ParseProblem> problems(String function, List<Integer> offsets) {
    return offsets.stream().limit(MAX_PROBLEMS).map(o -> problem(function, o)).toList();
  }

  /** A problem shows the rest of its line. */
  private ParseProblem problem(String function, int offset) {
    String excerpt = text.substring(offset, offset + EXCERPT);
    int newline = excerpt.indexOf('\n');
    String message = newline >= 0 ? excerpt.substring(0, newline) : excerpt;
    return new ParseProblem(ParseProblem.Kind.SYNTAX, text.line(offset), function, message.strip());
  }

  void add(ParseProblem problem) {
    problems.add(problem);
  }

  List<FunctionSpan> functions() {
    functions.sort(
        Comparator.comparingInt(FunctionSpan::firstLine).thenComparing(FunctionSpan::arm));
    return functions;
  }

  List<ParseProblem> problems() {
    problems.sort(Comparator.comparingInt(ParseProblem::line).thenComparing(ParseProblem::message));
    return problems;
  }
}
