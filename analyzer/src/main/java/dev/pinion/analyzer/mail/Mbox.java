// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.mail;

import dev.pinion.analyzer.patch.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits mailboxes. Readers differ in how {@code From } at the start of a line is quoted: mboxo
 * quotes only that, mboxrd quotes what is quoted as well, some do not quote at all. So a line only
 * separates if it has a date, and follows an empty line; and one {@code >} goes from quoted ones,
 * which cannot harm a patch, whose lines never start with it.
 */
final class Mbox {
  private static final Pattern SEPARATOR =
      Pattern.compile("From \\S.*\\d{1,2}:\\d{2}(:\\d{2})? .*\\d{4}\\s*");

  /** What git writes; it may stand right below the last line of a diff. */
  private static final Pattern GIT =
      Pattern.compile("From [0-9a-f]{40} Mon Sep 17 00:00:00 2001\\s*");

  private static final Pattern QUOTED = Pattern.compile("(?m)^>(>*From )");

  private Mbox() {}

  /** The messages, one character per byte; a text without a separator is a single one. */
  static List<String> split(String text) {
    List<String> messages = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    boolean separated = false;
    boolean afterEmpty = true;
    for (String line : Lines.of(text)) {
      if ((afterEmpty && SEPARATOR.matcher(line).matches()) || GIT.matcher(line).matches()) {
        if (separated || !message.toString().isBlank()) {
          messages.add(message.toString());
        }
        message.setLength(0);
        separated = true;
      } else {
        message.append(line);
      }
      afterEmpty = line.isBlank();
    }
    messages.add(message.toString());
    if (!separated) {
      return messages;
    }
    return messages.stream()
        .filter(m -> !m.isBlank())
        .map(m -> QUOTED.matcher(m).replaceAll("$1"))
        .toList();
  }
}
