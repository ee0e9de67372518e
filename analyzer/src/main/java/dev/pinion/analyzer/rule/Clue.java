// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import dev.pinion.analyzer.evidence.Location;
import java.util.Map;

/**
 * Something a {@link PatchRule} saw in one program and needs for judging another.
 *
 * @param subject what it is about, in the rule's own words: a struct's field, a symbol
 * @param location where; in the program it was seen in
 * @param function in which function
 * @param details more, in the rule's own words
 */
public record Clue(
    String subject, Location location, String function, Map<String, String> details) {
  /** Copies the details. */
  public Clue {
    details = Map.copyOf(details);
  }

  /** A detail; empty if there is none of that name. */
  public String detail(String name) {
    return details.getOrDefault(name, "");
  }
}
