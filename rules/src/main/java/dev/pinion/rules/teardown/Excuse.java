// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.evidence.Related;
import java.util.List;

/** Why a candidate is none, with the lines that prove it. */
record Excuse(String id, String because, List<Related> proof) {
  Excuse {
    proof = List.copyOf(proof);
  }
}
