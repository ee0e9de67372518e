// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.util.List;

/**
 * Which rules to show: patterns with {@code *}, and {@code !} in front to exclude. A rule is shown
 * if no pattern excludes it and some pattern includes it, or nothing is said about including.
 *
 * @param patterns as the user wrote them
 */
record RuleGlobs(List<String> patterns) {
  static final RuleGlobs ALL = new RuleGlobs(List.of());

  RuleGlobs {
    patterns = List.copyOf(patterns);
  }

  boolean includes(String rule) {
    boolean wanted = patterns.stream().allMatch(p -> p.startsWith("!"));
    for (String pattern : patterns) {
      if (pattern.startsWith("!")) {
        if (matches(pattern.substring(1), rule)) {
          return false;
        }
      } else {
        wanted |= matches(pattern, rule);
      }
    }
    return wanted;
  }

  private static boolean matches(String glob, String rule) {
    int star = glob.indexOf('*');
    if (star < 0) {
      return glob.equals(rule);
    }
    if (!rule.startsWith(glob.substring(0, star))) {
      return false;
    }
    String rest = glob.substring(star + 1);
    for (int i = star; i <= rule.length(); i++) {
      if (matches(rest, rule.substring(i))) {
        return true;
      }
    }
    return false;
  }
}
