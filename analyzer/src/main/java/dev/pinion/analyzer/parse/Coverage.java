// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.cdt.core.dom.ast.ASTVisitor;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFileLocation;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTProblem;

/** Finds the functions of the trees and what could not be parsed inside and between them. */
final class Coverage {
  /** How much of the text at a problem its message shows. */
  private static final int EXCERPT = 60;

  /** How many problems of one declaration are reported. */
  private static final int MAX_PROBLEMS = 20;

  private final SourceText text;
  private final List<FunctionSpan> functions = new ArrayList<>();
  private final Set<IASTFunctionDefinition> troubled = new HashSet<>();
  private final List<ParseProblem> problems = new ArrayList<>();

  Coverage(SourceText text) {
    this.text = text;
  }

  void add(ParsedArm arm) {
    for (IASTDeclaration declaration : arm.tree().getDeclarations()) {
      Collector collector = new Collector(arm);
      declaration.accept(collector);
      collector.finish(declaration);
    }
  }

  void add(ParseProblem problem) {
    problems.add(problem);
  }

  List<FunctionSpan> functions() {
    functions.sort(
        Comparator.comparingInt(FunctionSpan::firstLine).thenComparing(FunctionSpan::arm));
    return functions;
  }

  Set<IASTFunctionDefinition> troubled() {
    return troubled;
  }

  List<ParseProblem> problems() {
    problems.sort(Comparator.comparingInt(ParseProblem::line).thenComparing(ParseProblem::message));
    return problems;
  }

  /** The name of the function that a declarator, possibly nested in others, declares. */
  static String name(IASTDeclarator declarator) {
    IASTDeclarator inner = declarator;
    while (inner.getNestedDeclarator() != null) {
      inner = inner.getNestedDeclarator();
    }
    return inner.getName().toString();
  }

  private final class Collector extends ASTVisitor {
    private final ParsedArm arm;
    private final List<ParseProblem> found = new ArrayList<>();
    private String function = "";

    Collector(ParsedArm arm) {
      this.arm = arm;
      shouldVisitProblems = true;
    }

    @Override
    public int visit(IASTProblem problem) {
      if (found.size() >= MAX_PROBLEMS) {
        return PROCESS_CONTINUE;
      }
      int start = original(problem, 0);
      String excerpt = text.substring(start, start + EXCERPT);
      int newline = excerpt.indexOf('\n');
      String message = newline >= 0 ? excerpt.substring(0, newline) : excerpt;
      found.add(
          new ParseProblem(ParseProblem.Kind.SYNTAX, text.line(start), function, message.strip()));
      return PROCESS_CONTINUE;
    }

    void finish(IASTDeclaration declaration) {
      if (declaration instanceof IASTFunctionDefinition definition) {
        function = name(definition.getDeclarator());
        found.replaceAll(p -> new ParseProblem(p.kind(), p.line(), function, p.message()));
        int first = text.line(original(definition, 0));
        int last = text.line(original(definition, 1));
        functions.add(new FunctionSpan(function, arm.arm(), first, last, found));
        if (!found.isEmpty()) {
          troubled.add(definition);
        }
      }
      problems.addAll(found);
    }

    private int original(IASTNode node, int atEnd) {
      IASTFileLocation location = node.getFileLocation();
      if (location == null) {
        return 0;
      }
      int length = Math.max(0, location.getNodeLength() - 1);
      return arm.map().original(location.getNodeOffset() + atEnd * length);
    }
  }
}
