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

  /** Of words, what {@link Words#hash} says; else 0. */
  int[] hashes;

  int count;

  Tokens(char[] source, int capacity) {
    this.source = source;
    this.kinds = new int[capacity];
    this.starts = new int[capacity];
    this.ends = new int[capacity];
    this.firsts = new boolean[capacity];
    this.hashes = new int[capacity];
  }

  private Tokens(Tokens memory) {
    this.source = memory.source;
    this.kinds = memory.kinds;
    this.starts = memory.starts;
    this.ends = memory.ends;
    this.firsts = memory.firsts;
    this.hashes = memory.hashes;
  }

  void add(int kind, int start, int end, boolean firstOnLine) {
    addWord(kind, start, end, firstOnLine, 0);
  }

  void addWord(int kind, int start, int end, boolean firstOnLine, int hash) {
    if (count == kinds.length) {
      grow(expected(start));
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
    firsts[count] = firstOnLine;
    hashes[count] = hash;
    count++;
  }

  /** How many tokens it will be, if the rest of the source has as many as what was read. */
  private int expected(int offset) {
    long likely = (long) count * source.length / Math.max(1, offset);
    return (int) Math.max(count + count / 4 + 16, Math.min(likely + likely / 16, count * 4L));
  }

  private void grow(int capacity) {
    kinds = Arrays.copyOf(kinds, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    firsts = Arrays.copyOf(firsts, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
  }

  /** Adds token {@code i} of another list over the same source. */
  void addFrom(Tokens other, int i) {
    if (i == count && other.kinds == kinds) {
      count++; // A list in the memory of the other, with nothing taken out yet.
      return;
    }
    addWord(other.kinds[i], other.starts[i], other.ends[i], other.firsts[i], other.hashes[i]);
  }

  /** A list of its own with the same tokens. */
  Tokens copy() {
    Tokens copy = new Tokens(source, count);
    copy.addAll(this, 0, count);
    return copy;
  }

  /** Adds the tokens from {@code from} to {@code to}, exclusive, of another list. */
  void addAll(Tokens other, int from, int to) {
    int more = to - from;
    if (count + more > kinds.length) {
      grow(Math.max(count + more, count * 2));
    }
    System.arraycopy(other.kinds, from, kinds, count, more);
    System.arraycopy(other.starts, from, starts, count, more);
    System.arraycopy(other.ends, from, ends, count, more);
    System.arraycopy(other.firsts, from, firsts, count, more);
    System.arraycopy(other.hashes, from, hashes, count, more);
    count += more;
  }

  /**
   * An empty list in the same memory: who reads this one in order and adds no more than was read
   * may fill it.
   */
  Tokens inPlace() {
    return new Tokens(this);
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
