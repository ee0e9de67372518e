// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the grammar reads, as columns: symbols with their texts and their places in the file. */
public final class Lexemes {
  /** Added to a symbol, it marks the lexeme for whoever makes the list. */
  public static final int MARK = 1 << 10;

  private final char[] source;
  private int[] symbols;
  private int[] firsts;
  private int[] lasts;
  private @Nullable String[] texts;
  private int count;

  /**
   * An empty list.
   *
   * @param source the characters of the file
   */
  public Lexemes(char[] source, int capacity) {
    this.source = source;
    this.symbols = new int[capacity];
    this.firsts = new int[capacity];
    this.lasts = new int[capacity];
    this.texts = new @Nullable String[capacity];
  }

  /**
   * Adds a lexeme.
   *
   * @param first the offset in the file of its first character
   * @param last the offset in the file of its last character
   * @param text its spelling, or null if it stands in the file at these offsets
   */
  public void add(int symbol, int first, int last, @Nullable String text) {
    if (count == symbols.length) {
      grow(count * 2 + 16);
    }
    symbols[count] = symbol;
    firsts[count] = first;
    lasts[count] = last;
    texts[count] = text;
    count++;
  }

  /** Makes room for so many lexemes in all. */
  public void reserve(int capacity) {
    if (capacity > symbols.length) {
      grow(capacity);
    }
  }

  /** Adds the lexemes from {@code from} to {@code to}, exclusive, of another list. */
  public void addAll(Lexemes other, int from, int to) {
    int more = to - from;
    if (count + more > symbols.length) {
      grow(Math.max(count + more, count * 2));
    }
    System.arraycopy(other.symbols, from, symbols, count, more);
    System.arraycopy(other.firsts, from, firsts, count, more);
    System.arraycopy(other.lasts, from, lasts, count, more);
    System.arraycopy(other.texts, from, texts, count, more);
    count += more;
  }

  private void grow(int capacity) {
    symbols = Arrays.copyOf(symbols, capacity);
    firsts = Arrays.copyOf(firsts, capacity);
    lasts = Arrays.copyOf(lasts, capacity);
    texts = Arrays.copyOf(texts, capacity);
  }

  /** How many lexemes there are. */
  public int count() {
    return count;
  }

  /** The terminal; {@link Symbol#END} outside the list. */
  public int symbol(int i) {
    return i < count ? symbols[i] : Symbol.END;
  }

  /** All terminals, for who reads a finished list; more may stand behind the last one. */
  int[] symbols() {
    return symbols;
  }

  /** Where the lexeme starts in the file. */
  public int first(int i) {
    return firsts[i];
  }

  /** Where the lexeme's last character stands in the file. */
  public int last(int i) {
    return lasts[i];
  }

  /** The spelling. */
  public String text(int i) {
    String text = texts[i];
    return text != null ? text : new String(source, firsts[i], lasts[i] - firsts[i] + 1);
  }

  /** The spelling if it does not stand in the file at the lexeme's place, else null. */
  public @Nullable String ownText(int i) {
    return texts[i];
  }

  /** The characters of the file. */
  public char[] source() {
    return source;
  }

  /** Places all lexemes from an index on at one place and takes their marks away. */
  public void place(int from, int first, int last) {
    for (int i = from; i < count; i++) {
      symbols[i] &= ~MARK;
    }
    Arrays.fill(firsts, from, count, first);
    Arrays.fill(lasts, from, count, last);
  }

  /** Forgets all lexemes from here on. */
  public void truncate(int newCount) {
    count = newCount;
  }
}
