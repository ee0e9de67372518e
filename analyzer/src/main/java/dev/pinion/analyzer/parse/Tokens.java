// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.Arrays;

/**
 * The tokens of a text, as columns. A token whose end is its start was inserted to balance
 * brackets; its text is its kind.
 */
final class Tokens {
  final char[] source;
  int[] kinds;
  int[] starts;
  int[] ends;
  boolean[] firsts;
  int count;

  Tokens(char[] source, int capacity) {
    this.source = source;
    this.kinds = new int[capacity];
    this.starts = new int[capacity];
    this.ends = new int[capacity];
    this.firsts = new boolean[capacity];
  }

  void add(int kind, int start, int end, boolean firstOnLine) {
    if (count == kinds.length) {
      grow();
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
    firsts[count] = firstOnLine;
    count++;
  }

  private void grow() {
    int capacity = count * 2 + 16;
    kinds = Arrays.copyOf(kinds, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    firsts = Arrays.copyOf(firsts, capacity);
  }

  /** Adds token {@code i} of another list over the same source. */
  void addFrom(Tokens other, int i) {
    add(other.kinds[i], other.starts[i], other.ends[i], other.firsts[i]);
  }

  /** The kind of token {@code i}, 0 outside the list. */
  int kind(int i) {
    return i >= 0 && i < count ? kinds[i] : 0;
  }

  String text(int i) {
    return starts[i] == ends[i]
        ? String.valueOf((char) kinds[i])
        : new String(source, starts[i], ends[i] - starts[i]);
  }

  /** The source from token {@code from} to the end of token {@code to - 1}. */
  String text(int from, int to) {
    return to <= from
        ? ""
        : new String(source, starts[from], Math.max(0, ends[to - 1] - starts[from]));
  }

  boolean is(int i, String text) {
    int length = ends[i] - starts[i];
    if (length != text.length()) {
      return false;
    }
    for (int k = 0; k < length; k++) {
      if (source[starts[i] + k] != text.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /** True if token {@code i} is on a later line than the one before it. */
  boolean startsLine(int i) {
    return i < count && firsts[i];
  }

  /** The indentation, in columns of 8, of the line that holds token {@code i}. */
  int indentation(int i) {
    int at = starts[i];
    while (at > 0 && source[at - 1] != '\n') {
      at--;
    }
    int column = 0;
    for (; at < source.length; at++) {
      if (source[at] == '\t') {
        column = column / 8 * 8 + 8;
      } else if (source[at] == ' ') {
        column++;
      } else {
        break;
      }
    }
    return column;
  }

  /** True if token {@code i} stands in the first column of its line. */
  boolean atColumnZero(int i) {
    return starts[i] == 0 || source[starts[i] - 1] == '\n';
  }
}
