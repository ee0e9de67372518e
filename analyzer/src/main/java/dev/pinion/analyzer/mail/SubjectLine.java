// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.mail;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a subject such as {@code [PATCH net-next v3 04/26] net: a title} says.
 *
 * @param role whether it starts a thread or answers
 * @param version 1 if it does not say
 * @param number which patch; 0 for a cover letter; 1 of 1 if it does not say
 * @param total of how many
 * @param numbered whether it says so
 * @param title the rest
 */
public record SubjectLine(
    Role role, int version, int number, int total, Numbering numbered, String title) {
  private static final Pattern REPLY =
      Pattern.compile(
          "^(re|aw|sv|vs|antw|fwd?|wg)(\\[\\d+\\])?\\s*:\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern BRACKETS = Pattern.compile("^\\[([^\\]]*)\\]\\s*");
  private static final Pattern VERSION =
      Pattern.compile("(?i)(?:^|[\\s,-])(?:patch)?v(\\d{1,4})(?=$|[\\s,])");
  private static final Pattern COUNT =
      Pattern.compile("(?:^|[\\s,])(\\d{1,4})/(\\d{1,4})(?=$|[\\s,])");

  /** Whether a mail starts a thread. */
  public enum Role {
    FIRST_HAND,
    REPLY
  }

  /** Whether a subject counts. */
  public enum Numbering {
    COUNTED,
    ALONE
  }

  /** Reads a subject; any text is one. */
  public static SubjectLine parse(String subject) {
    String rest = subject.replaceAll("\\s+", " ").strip();
    Role role = Role.FIRST_HAND;
    int version = 1;
    int number = 1;
    int total = 1;
    Numbering numbering = Numbering.ALONE;
    while (true) {
      Matcher reply = REPLY.matcher(rest);
      if (reply.find()) {
        role = Role.REPLY;
        rest = rest.substring(reply.end());
        continue;
      }
      Matcher brackets = BRACKETS.matcher(rest);
      if (!brackets.find()) {
        break;
      }
      Matcher versions = VERSION.matcher(brackets.group(1));
      if (versions.find()) {
        version = Integer.parseInt(versions.group(1));
      }
      Matcher counts = COUNT.matcher(brackets.group(1));
      if (counts.find()) {
        number = Integer.parseInt(counts.group(1));
        total = Integer.parseInt(counts.group(2));
        numbering = Numbering.COUNTED;
      }
      rest = rest.substring(brackets.end());
    }
    return new SubjectLine(role, version, number, total, numbering, rest);
  }

  /** {@code 3/9}, or {@code patch} for one that stands alone. */
  public String name() {
    return numbered == Numbering.ALONE
        ? "patch"
        : String.format(Locale.ROOT, "%d/%d", number, total);
  }
}
