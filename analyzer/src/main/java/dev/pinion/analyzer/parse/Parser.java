// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

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
    TreeParser trees = new TreeParser(text);
    preparation.arms().forEach(trees::parse);
    trees.problems().forEach(coverage::add);
    trees.arms().forEach(coverage::add);
    return new ParsedUnit(path, text, trees.arms(), preparation.facts(), coverage);
  }
}
