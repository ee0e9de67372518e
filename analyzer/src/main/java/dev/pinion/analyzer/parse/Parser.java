// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.cdt.core.dom.ast.gnu.c.GCCLanguage;
import org.eclipse.cdt.core.parser.FileContent;
import org.eclipse.cdt.core.parser.IncludeFileContentProvider;
import org.eclipse.cdt.core.parser.ScannerInfo;
import org.eclipse.cdt.internal.core.index.EmptyCIndex;
import org.eclipse.core.runtime.CoreException;

/** Parses one file of kernel C without its headers. Parsing is total: problems are results. */
public final class Parser {
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
    List<ParsedArm> arms = new ArrayList<>();
    try {
      arms.add(new ParsedArm(Arm.PRIMARY, tree(text.chars()), PositionMap.identity()));
      arms.forEach(coverage::add);
    } catch (CoreException | RuntimeException | StackOverflowError failure) {
      coverage.add(
          new ParseProblem(ParseProblem.Kind.FAILURE, 1, "", "the parser failed: " + failure));
    }
    return new ParsedUnit(path, text, arms, FileFacts.none(), coverage);
  }

  private static IASTTranslationUnit tree(char[] prepared) throws CoreException {
    return GCCLanguage.getDefault()
        .getASTTranslationUnit(
            FileContent.create("file.c", prepared),
            new ScannerInfo(Map.of()),
            IncludeFileContentProvider.getEmptyFilesProvider(),
            EmptyCIndex.INSTANCE,
            0,
            new SilentLog());
  }
}
