// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.cdt.core.model.ILanguage;
import org.eclipse.cdt.core.parser.FileContent;
import org.eclipse.cdt.core.parser.IncludeFileContentProvider;
import org.eclipse.cdt.core.parser.ScannerInfo;
import org.eclipse.cdt.internal.core.index.EmptyCIndex;
import org.eclipse.core.runtime.CoreException;
import org.jspecify.annotations.Nullable;

/**
 * Hands prepared text to CDT. Where CDT fails on a text, or loses functions that the preparation
 * saw, the text is parsed in halves until the loss is confined to single declarations.
 */
final class TreeParser {
  /** How often one file is parsed at most: halving must not cost more than it finds. */
  private static final int MAX_PARSES = 200;

  private final SourceText source;
  private final List<ParsedArm> arms = new ArrayList<>();
  private final List<ParseProblem> problems = new ArrayList<>();
  private int parses;

  TreeParser(SourceText source) {
    this.source = source;
  }

  List<ParsedArm> arms() {
    return arms;
  }

  List<ParseProblem> problems() {
    return problems;
  }

  void parse(PreparedArm arm) {
    parse(arm, 0, arm.declarations());
  }

  private void parse(PreparedArm arm, int from, int to) {
    PreparedText text = arm.text(from, to);
    IASTTranslationUnit tree = null;
    String failure = "";
    parses++;
    try {
      tree = tree(text.chars());
    } catch (CoreException | RuntimeException | StackOverflowError thrown) {
      failure = "the parser failed: " + thrown.getClass().getSimpleName();
    }
    boolean complete = tree != null && functions(tree) >= arm.functions(from, to);
    if (!complete && to - from > 1 && parses < MAX_PARSES) {
      int middle = (from + to) >>> 1;
      parse(arm, from, middle);
      parse(arm, middle, to);
    } else if (tree != null) {
      arms.add(new ParsedArm(arm.arm(), tree, text.map()));
    } else {
      int line = source.line(text.map().original(0));
      problems.add(new ParseProblem(ParseProblem.Kind.FAILURE, line, "", failure));
    }
  }

  private static int functions(@Nullable IASTTranslationUnit tree) {
    int count = 0;
    if (tree != null) {
      for (IASTDeclaration declaration : tree.getDeclarations()) {
        count += declaration instanceof IASTFunctionDefinition ? 1 : 0;
      }
    }
    return count;
  }

  private static IASTTranslationUnit tree(char[] prepared) throws CoreException {
    return KernelLanguage.instance()
        .getASTTranslationUnit(
            FileContent.create("file.c", prepared),
            new ScannerInfo(Map.of()),
            IncludeFileContentProvider.getEmptyFilesProvider(),
            EmptyCIndex.INSTANCE,
            ILanguage.OPTION_NO_IMAGE_LOCATIONS
                | ILanguage.OPTION_SKIP_TRIVIAL_EXPRESSIONS_IN_AGGREGATE_INITIALIZERS,
            new SilentLog());
  }
}
