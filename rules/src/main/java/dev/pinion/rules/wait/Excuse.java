// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.evidence.Related;
import java.util.List;

/**
 * Why a wait is fine after all.
 *
 * @param id as on the rule's page
 * @param because one sentence
 * @param proof the lines that show it
 */
record Excuse(String id, String because, List<Related> proof) {
  Excuse {
    proof = List.copyOf(proof);
  }
}
