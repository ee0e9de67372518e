// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import java.util.List;

/**
 * Why a candidate is fine after all.
 *
 * @param id kebab-case, as on the rule's page
 * @param because one sentence
 * @param proof the lines that show it
 */
public record Excuse(String id, String because, List<Related> proof) {
  public Excuse {
    proof = List.copyOf(proof);
  }

  /** The candidate at a place, excused by this. */
  public Excused of(RuleInfo rule, Location location, String function) {
    return new Excused(rule.id(), location, function, id, because, proof);
  }
}
