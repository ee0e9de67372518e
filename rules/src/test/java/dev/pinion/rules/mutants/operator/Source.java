// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.parse.SourceText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The text of one file, by the places that the parser gives; and what edits make of it. */
public final class Source {
  private final SourceText places;
  private final String text;
  private final Charset charset;

  private Source(byte[] bytes) {
    places = SourceText.of(bytes);
    text = places.substring(0, places.length());
    charset =
        Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
            ? StandardCharsets.UTF_8
            : StandardCharsets.ISO_8859_1;
  }

  static Source of(byte[] bytes) {
    return new Source(bytes);
  }

  /**
   * Other text for a part of the file.
   *
   * @param start offset
   * @param end offset behind the part
   */
  public record Edit(int start, int end, String text) {}

  /**
   * A call as it is spelled.
   *
   * @param start offset of the name
   * @param open offset of its bracket
   * @param commas offsets of the commas between its arguments
   * @param close offset of the bracket that ends it
   */
  record Spelled(int start, int open, List<Integer> commas, int close) {
    Spelled {
      commas = List.copyOf(commas);
    }

    /** Behind the call. */
    int end() {
      return close + 1;
    }
  }

  int offset(Position position) {
    return places.lineStart(position.line()) + position.column() - 1;
  }

  public int line(int offset) {
    return places.line(offset);
  }

  public String text() {
    return text;
  }

  String text(int start, int end) {
    return text.substring(start, end);
  }

  /** The call of that name at that place; empty if a macro spells it, or the place is another. */
  Optional<Spelled> call(String name, Position position) {
    int start = position.line() == 0 ? -1 : offset(position);
    return start >= 0 && text.startsWith(name, start)
        ? brackets(start, skipBlanks(start + name.length()))
        : Optional.empty();
  }

  /** A call whose callee begins at that offset, whatever path it is. */
  Optional<Spelled> callFrom(int start) {
    int path =
        text.startsWith("(", start)
            ? brackets(start, start).map(Spelled::end).orElse(start) // (*fn)(x)
            : start;
    int open = text.indexOf('(', path);
    return open < 0 ? Optional.empty() : brackets(start, open);
  }

  /** The brackets at that offset, if there are some, to their end. */
  Optional<Spelled> brackets(int start, int open) {
    if (open >= text.length() || text.charAt(open) != '(') {
      return Optional.empty();
    }
    List<Integer> commas = new ArrayList<>();
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        i = literalEnd(i);
      } else if (text.startsWith("/*", i)) {
        i = Math.max(i, text.indexOf("*/", i + 2) + 1);
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
        if (depth == 0) {
          return Optional.of(new Spelled(start, open, commas, i));
        }
      } else if (c == ',' && depth == 1) {
        commas.add(i);
      }
    }
    return Optional.empty();
  }

  private int literalEnd(int start) {
    for (int i = start + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == text.charAt(start)) {
        return i;
      }
    }
    return text.length();
  }

  int skipBlanks(int offset) {
    int i = offset;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The bytes of the file with those parts replaced, and all other lines where they were. */
  public byte[] with(List<Edit> edits) {
    StringBuilder changed = new StringBuilder(text);
    edits.stream()
        .sorted(Comparator.comparingInt(Edit::start).reversed())
        .forEach(e -> changed.replace(e.start(), e.end(), e.text() + lostBreaks(e)));
    return changed.toString().getBytes(charset);
  }

  private String lostBreaks(Edit edit) {
    return "\n".repeat(Math.max(0, breaks(text(edit.start(), edit.end())) - breaks(edit.text())));
  }

  private static int breaks(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
