// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** File names as diffs write them. */
final class Names {
  static final String NOWHERE = "/dev/null";

  private Names() {}

  /** Without the first part: {@code a/net/x.c} is {@code net/x.c}. */
  static String stripped(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(slash + 1);
  }

  /**
   * The name on a {@code ---} or {@code +++} line, without quotes and without the time stamp that
   * diff(1) adds after a tab.
   *
   * @return empty for {@code /dev/null}
   */
  static Optional<String> onHeader(String rest) {
    String text = rest.stripTrailing();
    String name;
    if (text.startsWith("\"")) {
      name = quoted(text).orElse(text);
    } else {
      int tab = text.indexOf('\t');
      name = utf8(tab < 0 ? text : text.substring(0, tab));
    }
    return name.equals(NOWHERE) ? Optional.empty() : Optional.of(name);
  }

  /** The name on a {@code rename from} line. */
  static String plain(String rest) {
    return rest.startsWith("\"") ? quoted(rest.stripTrailing()).orElse(rest) : utf8(rest);
  }

  /**
   * The name on a {@code diff --git} line that has the same one twice; the only source for it if
   * nothing but the mode changes.
   */
  static Optional<String> onGitLine(String rest) {
    String text = rest.stripTrailing();
    if (text.startsWith("\"")) {
      return quoted(text);
    }
    for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', space + 1)) {
      String left = text.substring(0, space);
      String right = text.substring(space + 1);
      if (stripped(left).equals(stripped(right))) {
        return Optional.of(utf8(left));
      }
    }
    return Optional.empty();
  }

  /** A name in C quotes, of which the text may have more than that. */
  private static Optional<String> quoted(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
      }
      if (c != '\\' || i + 1 == text.length()) {
        bytes.write(c);
        continue;
      }
      char escaped = text.charAt(++i);
      if (escaped >= '0' && escaped <= '3' && i + 2 < text.length()) {
        bytes.write(
            Character.digit(escaped, 8) * 64
                + Character.digit(text.charAt(i + 1), 8) * 8
                + Character.digit(text.charAt(i + 2), 8));
        i += 2;
      } else {
        int known = "abtnvfr".indexOf(escaped);
        bytes.write(known < 0 ? escaped : 7 + known);
      }
    }
    return Optional.empty();
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
