// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import dev.pinion.analyzer.evidence.LineChanges;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.KernelModel;
import java.util.List;

/**
 * A rule about a change, not about a state: what a patch began and did not finish, or took away
 * from under code that it left.
 *
 * <p>It sees the program before and the program after, one at a time, because two kernels do not
 * fit into memory side by side; a {@link Clue} carries over what it saw in the first. What it says
 * then is a finding of the tree after like any other: it stays with the patch that it began with
 * until a later one cures it. Found by {@link java.util.ServiceLoader}; stateless.
 */
public interface PatchRule {
  RuleInfo info();

  /** The rules whose findings and excuses it wants to see in {@link #check}, by id. */
  List<String> listensTo();

  /**
   * Whether a change is worth a look at the programs, from its lines alone. Most are not, and cost
   * nothing then.
   */
  boolean concerns(LineChanges changes, KernelModel model);

  /** What is worth remembering of the program before the change. */
  List<Clue> before(Program program, LineChanges changes);

  /**
   * What is worth remembering of the program after it, such as what the change has converted.
   *
   * @param known clues of this change's {@link #before}
   */
  List<Clue> after(Program program, LineChanges changes, List<Clue> known);

  /**
   * Judges the program after a change by the clues of this change and of those before it.
   *
   * @param clues oldest first
   * @param elsewhere what other rules found and excused in this program
   */
  void check(Program program, List<Clue> clues, Elsewhere elsewhere, Report report);

  /** What the other rules say of the same program. */
  record Elsewhere(List<Finding> findings, List<Excused> excused) {
    /** Copies the lists. */
    public Elsewhere {
      findings = List.copyOf(findings);
      excused = List.copyOf(excused);
    }
  }
}
