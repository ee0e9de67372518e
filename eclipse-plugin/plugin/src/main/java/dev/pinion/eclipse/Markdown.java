// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that can be shown as it is, made of the Markdown that pages of the server are written in:
 * headings, blocks and pieces of code, bold text, links, and characters behind a backslash.
 *
 * @param text what is to be shown
 * @param spans the parts that look different, in order; they do not overlap, but for links in bold
 */
record Markdown(String text, List<Span> spans) {
  private static final Pattern INLINE =
      Pattern.compile(
          "\\\\(?<escaped>\\p{Punct})|`(?<code>[^`]+)`|\\*\\*(?<bold>.+?)\\*\\*"
              + "|\\[(?<label>(?:\\\\.|[^\\]\\\\])*)\\]\\((?<target>[^)\\s]*)\\)");

  Markdown {
    spans = List.copyOf(spans);
  }

  /** How a part looks. */
  enum Look {
    HEADING,
    BOLD,
    CODE,
    LINK
  }

  /**
   * A part of the text.
   *
   * @param target where a link leads; empty for all else
   */
  record Span(int start, int length, Look look, String target) {}

  static Markdown of(String source) {
    Writer writer = new Writer();
    boolean code = false;
    for (String line : source.lines().toList()) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (code) {
        writer.block(line);
        writer.end();
      } else if (line.startsWith("#")) {
        int from = writer.text.length();
        writer.inline(line.replaceFirst("^#+\\s*", ""));
        writer.mark(from, Look.HEADING, "");
        writer.end();
      } else if (line.equals("---")) {
        writer.text.append("─".repeat(60));
        writer.end();
      } else {
        writer.inline(line);
        writer.end();
      }
    }
    return new Markdown(writer.text.toString(), writer.spans);
  }

  private static final class Writer {
    final StringBuilder text = new StringBuilder();
    final List<Span> spans = new ArrayList<>();

    void end() {
      text.append('\n');
    }

    /** A line of code; the one that a story points to begins with a bracket. */
    void block(String line) {
      int from = text.length();
      text.append(line.isEmpty() ? "" : "    " + line);
      if (line.startsWith(">")) {
        mark(from, Look.BOLD, "");
      }
    }

    void mark(int from, Look look, String target) {
      if (text.length() > from) {
        spans.add(new Span(from, text.length() - from, look, target));
      }
    }

    void inline(String line) {
      Matcher matcher = INLINE.matcher(line);
      int done = 0;
      while (matcher.find()) {
        text.append(line, done, matcher.start());
        done = matcher.end();
        int from = text.length();
        if (matcher.group("escaped") != null) {
          text.append(matcher.group("escaped"));
        } else if (matcher.group("code") != null) {
          text.append(matcher.group("code"));
          mark(from, Look.CODE, "");
        } else if (matcher.group("bold") != null) {
          inline(matcher.group("bold"));
          mark(from, Look.BOLD, "");
        } else {
          inline(matcher.group("label"));
          mark(from, Look.LINK, matcher.group("target"));
        }
      }
      text.append(line, done, line.length());
    }
  }
}
