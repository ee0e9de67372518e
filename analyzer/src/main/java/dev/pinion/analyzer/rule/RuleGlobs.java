// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import java.util.List;

/**
 * Which rules a user wants: ids or patterns with {@code *}, and {@code !} in front to exclude. A
 * rule is wanted if no pattern excludes it and some pattern includes it, or nothing is said about
 * including.
 *
 * @param patterns as the user wrote them
 */
public record RuleGlobs(List<String> patterns) {
  /** Every rule. */
  public static final RuleGlobs ALL = new RuleGlobs(List.of());

  private static final String NOT = "!";

  public RuleGlobs {
    patterns = List.copyOf(patterns);
  }

  /** Whether the rule with this id is wanted. */
  public boolean includes(String rule) {
    boolean wanted = patterns.stream().allMatch(p -> p.startsWith(NOT));
    for (String pattern : patterns) {
      if (matches(pattern, rule)) {
        if (pattern.startsWith(NOT)) {
          return false;
        }
        wanted = true;
      }
    }
    return wanted;
  }

  /** Whether a pattern, with or without its {@code !}, speaks of this rule. */
  public static boolean matches(String pattern, String rule) {
    return matchesGlob(pattern.startsWith(NOT) ? pattern.substring(1) : pattern, rule);
  }

  private static boolean matchesGlob(String glob, String text) {
    int star = glob.indexOf('*');
    if (star < 0) {
      return glob.equals(text);
    }
    if (!text.startsWith(glob.substring(0, star))) {
      return false;
    }
    String rest = glob.substring(star + 1);
    for (int from = star; from <= text.length(); from++) {
      if (matchesGlob(rest, text.substring(from))) {
        return true;
      }
    }
    return false;
  }
}
