// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import dev.pinion.analyzer.source.SourceException;
import java.util.List;

/** The lines of a patch's text, and where one is in it. Lines keep their newline. */
final class PatchText {
  private final String name;
  private final List<String> lines;
  private int at;

  /**
   * @param name whose text it is, for messages
   * @param text one character per byte
   */
  PatchText(String name, String text) {
    this.name = name;
    this.lines = withoutCarriageReturns(Lines.of(text));
  }

  /**
   * Mail programs end every line with CR LF. Where the diff's own header lines have it, it is the
   * mail's; where only lines of hunks have it, it is the file's.
   */
  private static List<String> withoutCarriageReturns(List<String> lines) {
    boolean ofTheMail =
        lines.stream()
            .filter(l -> l.startsWith("diff --git ") || l.startsWith("+++ ") || l.startsWith("@@ "))
            .anyMatch(l -> l.endsWith("\r\n"));
    return ofTheMail
        ? lines.stream()
            .map(l -> l.endsWith("\r\n") ? l.substring(0, l.length() - 2) + "\n" : l)
            .toList()
        : lines;
  }

  boolean atEnd() {
    return at >= lines.size();
  }

  /** The line that is next, without its newline; empty at the end. */
  String peek() {
    return line(at);
  }

  /** The line after the next one. */
  String peekSecond() {
    return line(at + 1);
  }

  private String line(int index) {
    return index < lines.size() ? lines.get(index).replaceAll("\\r?\\n$", "") : "";
  }

  /** Takes the next line, newline included. */
  String take() {
    return lines.get(at++);
  }

  /** The number of the next line, from 1. */
  int number() {
    return at + 1;
  }

  /** An error at the line that is next. */
  SourceException error(String what) {
    return new SourceException("%s: line %d: %s".formatted(name, number(), what));
  }

  /** An error that no single line is to blame for. */
  SourceException general(String what) {
    return new SourceException("%s: %s".formatted(name, what));
  }
}
