// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.cdt.core.dom.ast.gnu.c.GCCLanguage;
import org.eclipse.cdt.core.model.ILanguage;
import org.eclipse.cdt.core.parser.FileContent;
import org.eclipse.cdt.core.parser.IncludeFileContentProvider;
import org.eclipse.cdt.core.parser.ScannerInfo;
import org.eclipse.cdt.internal.core.index.EmptyCIndex;
import org.eclipse.core.runtime.CoreException;

/** Parses one file of kernel C without its headers. Parsing is total: problems are results. */
public final class Parser {
  /** The largest file that is read: register tables have 20 million characters. */
  static final int MAX_LENGTH = 40 << 20;

  private Parser() {}

  /**
   * Parses the bytes of one file.
   *
   * @param path the name to show; nothing is read from it and the result does not depend on it
   * @param bytes any bytes
   */
  public static ParsedUnit parse(String path, byte[] bytes) {
    SourceText text = SourceText.of(bytes);
    Coverage coverage = new Coverage(text);
    if (text.length() > MAX_LENGTH) {
      coverage.add(
          new ParseProblem(
              ParseProblem.Kind.TOO_LARGE,
              1,
              "",
              "the file has " + text.length() + " characters, the limit is " + MAX_LENGTH));
      return new ParsedUnit(path, text, List.of(), FileFacts.none(), coverage);
    }
    Preparation preparation = new Preparation(text);
    preparation.problems().forEach(coverage::add);
    List<ParsedArm> arms = new ArrayList<>();
    for (Preparation.Prepared prepared : preparation.texts()) {
      try {
        ParsedArm arm = new ParsedArm(prepared.arm(), tree(prepared.chars()), prepared.map());
        coverage.add(arm);
        arms.add(arm);
      } catch (CoreException | RuntimeException | StackOverflowError failure) {
        coverage.add(
            new ParseProblem(ParseProblem.Kind.FAILURE, 1, "", "the parser failed: " + failure));
      }
    }
    return new ParsedUnit(path, text, arms, preparation.facts(), coverage);
  }

  private static IASTTranslationUnit tree(char[] prepared) throws CoreException {
    return GCCLanguage.getDefault()
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
