// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes text that parses without headers from the text of a file: resolves the conditionals, takes
 * the directives out and gives unknown macros the shape of C. Lexical and linear; it never fails.
 */
final class Preparation {
  /** How often the bodies of macros are read at most. */
  private static final int MAX_PASSES = 4;

  private final SourceText text;
  private final List<Directive> directives;
  private final Conditionals conditionals;
  private final List<PreparedArm> arms = new ArrayList<>();
  private final List<ParseProblem> problems = new ArrayList<>();
  private final List<MacroInvocation> invocations = new ArrayList<>();
  private final List<CleanupVariable> cleanups = new ArrayList<>();
  private final List<LockAnnotation> lockAnnotations = new ArrayList<>();

  Preparation(SourceText text) {
    this.text = text;
    Tokenizer tokenizer = new Tokenizer(text.chars(), 0, text.length(), Words.standard()).file();
    this.directives = tokenizer.directives();
    this.conditionals = new Conditionals(text, tokenizer.tokens(), directives, Words.standard());
    read(Arm.PRIMARY, conditionals.live());
    read(Arm.OTHER, conditionals.other());
  }

  /** The readings to parse; one without tokens is not there. */
  List<PreparedArm> arms() {
    return arms;
  }

  List<ParseProblem> problems() {
    return problems;
  }

  FileFacts facts() {
    return new FileFacts(
        Definitions.includes(text, directives, conditionals),
        () -> Definitions.macros(text, directives, conditionals),
        invocations,
        cleanups,
        lockAnnotations,
        conditionals.skipped());
  }

  private void read(Arm arm, Tokens tokens) {
    if (tokens.count == 0) {
      return;
    }
    LocalMacros macros = LocalMacros.of(tokens, directives, conditionals, arm == Arm.OTHER);
    macros.classify(tokens);
    Attributes attributes = new Attributes(tokens);
    Brackets brackets = new Brackets(attributes.tokens(), text);
    problems.addAll(brackets.problems());
    cleanups.addAll(attributes.cleanups());
    Draft draft = new Draft(brackets.tokens(), brackets.matches());
    Shapes shapes = new Shapes(draft, macros, text, null);
    FileShapes file = new FileShapes(shapes, attributes.locks());
    file.declarations(0, draft.tokens.count, 0);
    invocations.addAll(shapes.invocations);
    lockAnnotations.addAll(shapes.lockAnnotations);
    arms.add(new PreparedArm(arm, draft, definitions(macros), file.starts()));
  }

  /**
   * The macros to expand. How a body is read depends on the uses, also those in other bodies: last
   * one first, and again where more was learnt.
   */
  private List<Expansion.Definition> definitions(LocalMacros macros) {
    List<Expansion.Definition> definitions = new ArrayList<>();
    List<LocalMacro> inOrder = macros.inOrder();
    for (int pass = 0; pass < MAX_PASSES; pass++) {
      for (int i = inOrder.size() - 1; i >= 0; i--) {
        LocalMacro macro = inOrder.get(i);
        if (!macro.isCurrent()) {
          macro.startPreparing();
          macro.setPrepared(body(macro, macros));
        }
      }
    }
    for (LocalMacro macro : inOrder) {
      int offset = directives.get(macro.directive).start();
      definitions.add(new Expansion.Definition(offset, macro.name, macro));
    }
    return definitions;
  }

  private String body(LocalMacro macro, LocalMacros macros) {
    macros.classifyBody(macro);
    Attributes attributes = new Attributes(macro.body.copy());
    Brackets brackets = new Brackets(attributes.tokens(), text);
    Draft draft = new Draft(brackets.tokens(), brackets.matches());
    if (brackets.problems().isEmpty()) {
      shape(macro, new Shapes(draft, macros, text, macro));
    } else {
      draft = new Draft(macro.body, new int[macro.body.count]);
    }
    PreparedText prepared = new PreparedText();
    prepared.write(draft);
    return oneLine(prepared.text());
  }

  private static void shape(LocalMacro macro, Shapes shapes) {
    int end = shapes.tokens.count;
    switch (macro.use()) {
      case FILE -> {
        new FileShapes(shapes, List.of()).declarations(0, end, 0);
        if (end > 0) {
          shapes.draft.insertAfter(end - 1, ";");
        }
      }
      case HEAD -> new FileShapes(shapes, List.of()).declarations(0, end, 0);
      case MEMBER -> shapes.members.members(0, end, 0);
      case STATEMENT, LOOP -> shapes.blocks.macroBody(end);
      case EXPRESSION -> {
        if (Kind.startsDeclaration(shapes.kind(0)) || Kind.startsStatement(shapes.kind(0))) {
          shapes.blocks.block(0, end, 0);
        } else {
          shapes.expressions.expression(0, end, 0);
        }
      }
    }
  }

  private static String oneLine(String text) {
    return text.replace("\\\r\n", " ").replace("\\\n", " ").replace('\n', ' ');
  }
}
