// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.Problem;
import java.util.List;

/**
 * What is needed of a file while nobody asks for its facts: by what it is found, and its line in
 * the ledger.
 */
public final class FileDigest {
  private final int[] terms;
  private final int functions;
  private final int analysed;
  private final List<Problem> problems;

  private FileDigest(FileFacts facts) {
    terms = FileTerms.of(facts);
    functions = facts.functions().size();
    analysed = (int) facts.functions().stream().filter(FunctionFacts::analysed).count();
    problems = facts.problems();
  }

  /** Linear in the facts. */
  public static FileDigest of(FileFacts facts) {
    return new FileDigest(facts);
  }

  /** The numbers of its terms, as in {@link FileTerms}; not to be changed. */
  public int[] terms() {
    return terms;
  }

  /** How many functions it has. */
  public int functions() {
    return functions;
  }

  /** How many of them were understood as a whole. */
  public int analysed() {
    return analysed;
  }

  /** What was not analysed. */
  public List<Problem> problems() {
    return problems;
  }
}
