// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.rule.Finding;

/**
 * A finding with its identity.
 *
 * @param id short name for people, the fingerprint's first 12 digits
 * @param fingerprint hex; the same for the same defect after lines have shifted: made of rule,
 *     path, function, the normalised source line, and an ordinal among equals
 */
public record Reported(String id, String fingerprint, Finding finding)
    implements Comparable<Reported> {
  @Override
  public int compareTo(Reported other) {
    return finding.compareTo(other.finding);
  }
}
