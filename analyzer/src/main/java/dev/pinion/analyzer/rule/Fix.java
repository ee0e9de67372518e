// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import java.util.List;

/**
 * What would cure a finding, as the rule proposes it: edits that do it alone, or what somebody has
 * to do who knows the code. There are no edits that are safe only with something else besides.
 * Before a proposal is offered to anybody, the engine carries it out in memory and asks all rules
 * again.
 *
 * @param title in the imperative, lower case, no final period: {@code "use list_add_rcu()"}
 * @param edits all in one file; empty if no edit is safe alone
 * @param needs what has to be done or known, one sentence without a final period; empty if the
 *     edits are all
 */
public record Fix(String title, List<TextEdit> edits, String needs) {
  /**
   * Copies the edits.
   *
   * @throws IllegalArgumentException if there is nothing to do or to say, or both, or if the edits
   *     are of several files
   */
  public Fix {
    edits = List.copyOf(edits);
    if (edits.isEmpty() == needs.isEmpty()) {
      throw new IllegalArgumentException("a fix has either edits or needs: " + title);
    }
    if (edits.stream().map(e -> e.at().file()).distinct().count() > 1) {
      throw new IllegalArgumentException("a fix edits one file: " + title);
    }
  }

  /** Edits that are safe without anything else. */
  public static Fix complete(String title, List<TextEdit> edits) {
    return new Fix(title, edits, "");
  }

  /** A cure for which no edit is safe alone. */
  public static Fix remark(String title, String needs) {
    return new Fix(title, List.of(), needs);
  }

  /** Whether the edits do it alone. */
  public boolean isComplete() {
    return needs.isEmpty();
  }

  /** The file that the edits are of. */
  public String file() {
    return edits.get(0).at().file();
  }
}
