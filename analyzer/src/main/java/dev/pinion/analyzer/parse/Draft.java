// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A token list with its brackets matched and the edits made to it so far. */
final class Draft {
  final Tokens tokens;
  final int[] match;
  private final boolean[] dropped;
  private final @Nullable String[] before;
  private final @Nullable String[] after;
  private final @Nullable String[] instead;

  Draft(Tokens tokens, int[] match) {
    this.tokens = tokens;
    this.match = match;
    this.dropped = new boolean[tokens.count];
    this.before = new @Nullable String[tokens.count];
    this.after = new @Nullable String[tokens.count];
    this.instead = new @Nullable String[tokens.count];
  }

  int kind(int i) {
    return i >= 0 && i < tokens.count ? tokens.kinds[i] : 0;
  }

  /** The index after the bracket group that starts at {@code open}. */
  int after(int open) {
    return match[open] + 1;
  }

  /** Drops the tokens from {@code from} to {@code to}, exclusive. */
  void drop(int from, int to) {
    Arrays.fill(dropped, from, Math.max(from, to), true);
  }

  void drop(int i) {
    dropped[i] = true;
  }

  /** Puts a text before a token; it stays if the token is dropped. */
  void insertBefore(int i, String text) {
    String old = before[i];
    before[i] = old == null ? text : old + text;
  }

  /** Puts a text after a token; it stays if the token is dropped. */
  void insertAfter(int i, String text) {
    String old = after[i];
    after[i] = old == null ? text : text + old;
  }

  void replace(int i, String text) {
    instead[i] = text;
  }

  boolean isDropped(int i) {
    return dropped[i];
  }

  @Nullable String prefix(int i) {
    return before[i];
  }

  @Nullable String suffix(int i) {
    return after[i];
  }

  @Nullable String instead(int i) {
    return instead[i];
  }
}
