// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token list with its brackets matched and the edits made to it so far. */
final class Draft {
  private static final int DROPPED = 1;
  private static final int PREFIX = 2;
  private static final int SUFFIX = 4;
  private static final int INSTEAD = 8;

  final Tokens tokens;
  final int[] match;

  /** Which edits a token has: few have any, and their texts are in the maps. */
  private final byte[] edits;

  private final Map<Integer, String> before = new HashMap<>();
  private final Map<Integer, String> after = new HashMap<>();
  private final Map<Integer, String> instead = new HashMap<>();

  Draft(Tokens tokens, int[] match) {
    this.tokens = tokens;
    this.match = match;
    this.edits = new byte[tokens.count];
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
    for (int i = from; i < to; i++) {
      edits[i] |= DROPPED;
    }
  }

  void drop(int i) {
    edits[i] |= DROPPED;
  }

  /** Puts a text before a token; it stays if the token is dropped. */
  void insertBefore(int i, String text) {
    edits[i] |= PREFIX;
    before.merge(i, text, String::concat);
  }

  /** Puts a text after a token; it stays if the token is dropped. */
  void insertAfter(int i, String text) {
    edits[i] |= SUFFIX;
    after.merge(i, text, (old, added) -> added + old);
  }

  void replace(int i, String text) {
    edits[i] |= INSTEAD;
    instead.put(i, text);
  }

  /** Whether anything was done to a token. */
  boolean isEdited(int i) {
    return edits[i] != 0;
  }

  boolean isDropped(int i) {
    return (edits[i] & DROPPED) != 0;
  }

  @Nullable String prefix(int i) {
    return (edits[i] & PREFIX) == 0 ? null : before.get(i);
  }

  @Nullable String suffix(int i) {
    return (edits[i] & SUFFIX) == 0 ? null : after.get(i);
  }

  @Nullable String instead(int i) {
    return (edits[i] & INSTEAD) == 0 ? null : instead.get(i);
  }
}
