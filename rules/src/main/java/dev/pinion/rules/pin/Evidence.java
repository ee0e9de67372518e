// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Tier;
import java.util.List;

/**
 * Why a stored pointer without a reference is a defect.
 *
 * @param tier warning if every conjunct was proved, latent if a protocol may stand behind it
 * @param because ends the message
 * @param story the lines that show it, after the store itself
 */
record Evidence(Tier tier, String because, List<Related> story) {
  Evidence {
    story = List.copyOf(story);
  }
}
