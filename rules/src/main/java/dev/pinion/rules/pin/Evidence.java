// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Related;
import java.util.List;
import java.util.Optional;

/**
 * Why a stored pointer without a reference is a defect.
 *
 * @param doubt why a protocol may stand behind it, which makes it latent; empty if every conjunct
 *     was proved
 * @param because ends the message
 * @param story the lines that show it, after the store itself
 */
record Evidence(Optional<String> doubt, String because, List<Related> story) {
  Evidence {
    story = List.copyOf(story);
  }
}
