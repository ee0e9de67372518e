// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a mail as {@code git am --scissors} takes it: what stands above a line such as {@code
 * -- >8 --} is talk, and the first lines may be headers that go before the mail's own.
 *
 * @param headers {@code From}, {@code Subject} and {@code Date} in the body, by name in lower case
 * @param text below the scissors
 */
record MessageText(Map<String, String> headers, String text) {
  private static final Pattern SCISSORS = Pattern.compile("(?=.*(>8|8<|>%|%<)).{4,}");
  private static final Pattern NOT_SCISSORS = Pattern.compile("[^-\\s<>8%]");
  private static final Pattern IN_BODY =
      Pattern.compile("(From|Subject|Date): (.*)", Pattern.CASE_INSENSITIVE);

  MessageText {
    headers = Map.copyOf(headers);
  }

  /** Reads a mail's text. */
  static MessageText of(String body) {
    List<String> lines = new ArrayList<>(body.lines().toList());
    int cut = scissors(lines);
    String text = cut < 0 ? body : String.join("\n", lines.subList(cut + 1, lines.size())) + "\n";
    Map<String, String> headers = new TreeMap<>();
    for (String line : text.stripLeading().lines().toList()) {
      Matcher header = IN_BODY.matcher(line);
      if (!header.matches()) {
        break;
      }
      headers.put(header.group(1).toLowerCase(Locale.ROOT), header.group(2).strip());
    }
    return new MessageText(headers, text);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The last scissors above the patch; a patch itself may have such a line. */
  private static int scissors(List<String> lines) {
    int found = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("diff --git ") || line.startsWith("--- ")) {
        break;
      }
      if (isScissors(line)) {
        found = i;
      }
    }
    return found;
  }

  /** Dashes and scissors, perhaps with {@code cut here} between; words must be the smaller part. */
  private static boolean isScissors(String line) {
    if (!SCISSORS.matcher(line).matches() || !line.contains("-")) {
      return false;
    }
    Matcher words = NOT_SCISSORS.matcher(line);
    int letters = 0;
    while (words.find()) {
      letters++;
    }
    return letters * 3 < line.length();
  }
}
