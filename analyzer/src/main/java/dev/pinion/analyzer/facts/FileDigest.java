// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.Problem;
import java.util.List;

/**
 * What is needed of a file while nobody asks for its facts: by what it is found, and its line in
 * the ledger.
 *
 * @param terms as in {@link FileTerms}; not to be changed
 * @param functions how many functions it has
 * @param analysed how many of them were understood as a whole
 * @param problems what was not analysed
 */
public record FileDigest(int[] terms, int functions, int analysed, List<Problem> problems) {
  public FileDigest {
    problems = List.copyOf(problems);
  }

  /** Linear in the facts. */
  public static FileDigest of(FileFacts facts) {
    return new FileDigest(
        FileTerms.of(facts),
        facts.functions().size(),
        (int) facts.functions().stream().filter(FunctionFacts::analysed).count(),
        facts.problems());
  }
}
