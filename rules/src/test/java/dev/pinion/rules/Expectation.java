// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a comment at the end of a line expects of a rule on that line.
 *
 * @param text a regular expression for the message (WANT) or a line of the story (LATENT), the
 *     excuse's id (EXCUSED), the code of the line (FIXED), a regular expression (NEEDS), the reason
 *     (FALSE_POSITIVE, FALSE_NEGATIVE)
 */
record Expectation(Kind kind, String rule, String text, String file, int line) {
  /** What is expected. */
  enum Kind {
    /** A true finding. */
    WANT,
    /** A finding that is latent only, and a line of its story that tells why. */
    LATENT,
    /** A candidate that must be excused, by that excuse. */
    EXCUSED,
    /** The rule's fix, which holds when it is checked, makes the line read so. */
    FIXED,
    /** The rule has a fix and no edit for it: what it says that is needed besides. */
    NEEDS,
    /** A finding that we know to be wrong; fails once it is gone, so that the comment goes too. */
    FALSE_POSITIVE,
    /** A defect that we know to miss; fails once it is found. */
    FALSE_NEGATIVE;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final Pattern ONE =
      Pattern.compile(
          "(want|latent|excused|false-positive|false-negative|fixed|needs)\\s+([a-z][a-z0-9-]*)\\s+\"([^\"]*)\"");
  private static final Pattern START =
      Pattern.compile(
          "//\\s*(?=(want|latent|excused|false-positive|false-negative|fixed|needs)\\b)");

  /**
   * All expectations of a file, in order. One comment may carry several, one after the other.
   *
   * @throws IllegalArgumentException if a comment starts like an expectation and is none
   */
  static List<Expectation> of(String file, String text) {
    List<Expectation> all = new ArrayList<>();
    int line = 0;
    for (String source : text.lines().toList()) {
      line++;
      Matcher start = START.matcher(source);
      if (!start.find()) {
        continue;
      }
      String rest = source.substring(start.end()).strip();
      Matcher one = ONE.matcher(rest);
      int end = 0;
      while (one.find() && one.start() == end) {
        Kind kind = Kind.valueOf(one.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
        all.add(new Expectation(kind, one.group(2), one.group(3), file, line));
        end = one.end();
        while (end < rest.length() && " \t".indexOf(rest.charAt(end)) >= 0) {
          end++;
        }
      }
      if (end < rest.length()) {
        throw new IllegalArgumentException(
            file + ":" + line + ": not an expectation: " + rest.substring(end));
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return file + ":" + line + ": " + kind.label() + " " + rule + " \"" + text + '"';
  }
}
