// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.evidence.Related;
import java.util.List;

/**
 * What a rule says of a place.
 *
 * @param rule its id
 * @param outcome which way it decided
 * @param label the finding's tier, or the excuse's id
 * @param text the finding's message, or why it is excused
 * @param lines the story, or the proof
 */
public record Verdict(
    String rule, Outcome outcome, String label, String text, List<Related> lines) {
  public Verdict {
    lines = List.copyOf(lines);
  }

  /** Which way a rule decided. */
  public enum Outcome {
    FINDING,
    EXCUSED
  }
}
