// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.grammar.Lexemes;
import dev.pinion.analyzer.parse.grammar.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a draft into lexemes: its tokens, and what its edits put before, behind and in place. */
final class Emission {
  private final Draft draft;
  private final Tokens tokens;
  private final Lexemes out;
  private final Map<String, Tokens> insertions = new HashMap<>();
  private final Names names;
  private boolean typedCalls;

  /** A word before the next token that the token continues: {@code sys_} of {@code sys_read}. */
  private String glue = "";

  Emission(Draft draft) {
    this.draft = draft;
    this.tokens = draft.tokens;
    this.out = new Lexemes(tokens.source, tokens.count + tokens.count / 16 + 16);
    this.names = new Names(tokens.count);
  }

  /**
   * Writes all tokens.
   *
   * @param marks indices of tokens, increasing
   * @return the indices of the lexemes that these became
   */
  List<Integer> write(List<Integer> marks) {
    List<Integer> marked = new ArrayList<>(marks.size());
    int mark = 0;
    for (int i = 0; i < tokens.count; i++) {
      while (mark < marks.size() && marks.get(mark) <= i) {
        marked.add(out.count());
        mark++;
      }
      if (!draft.isEdited(i) && glue.isEmpty()) {
        plain(i);
        continue;
      }
      String prefix = draft.prefix(i);
      if (prefix != null) {
        before(i, prefix);
      }
      if (!draft.isDropped(i)) {
        token(i);
      }
      String suffix = draft.suffix(i);
      if (suffix != null) {
        behind(i, suffix);
      }
    }
    return marked;
  }

  Lexemes lexemes() {
    return out;
  }

  /** Whether a call is among the lexemes that takes types and that the compiler knows. */
  boolean hasTypedCalls() {
    return typedCalls;
  }

  private void token(int i) {
    int start = tokens.starts[i];
    int end = tokens.ends[i];
    String instead = draft.instead(i);
    if (instead != null) {
      insert(glue + instead, start);
      glue = "";
    } else if (start == end || glue.isEmpty()) {
      plain(i);
    } else {
      insert(glue + tokens.text(i), start);
      glue = "";
    }
  }

  /** A token as it stands in the file, as most do; one that was inserted is a bracket. */
  private void plain(int i) {
    int start = tokens.starts[i];
    int end = tokens.ends[i];
    int kind = tokens.kinds[i];
    if (kind >= Kind.FIRST_NAME) {
      typedCalls |= kind == Kind.TYPED_CALL;
      String name = names.of(tokens.source, start, end, tokens.hashes[i]);
      out.add(Symbol.IDENTIFIER, start, end - 1, name);
    } else if (start == end) {
      out.add(kind, start, start, String.valueOf((char) kind));
    } else {
      int symbol = Terminals.of(kind, tokens.source, start, end);
      out.add(symbol, start, end - 1, kind == Kind.NUMBER ? number(start, end) : null);
    }
  }

  private String number(int start, int end) {
    return names.of(tokens.source, start, end, Words.hash(tokens.source, start, end));
  }

  private void before(int i, String prefix) {
    boolean word = !draft.isDropped(i) && tokens.kinds[i] >= Kind.NUMBER;
    int end = prefix.length();
    while (word && end > 0 && Tokenizer.isWordPart(prefix.charAt(end - 1))) {
      end--;
    }
    insert(prefix.substring(0, end), tokens.starts[i]);
    glue = prefix.substring(end);
  }

  private void behind(int i, String suffix) {
    int last = out.count() - 1;
    boolean word = !draft.isDropped(i) && last >= 0 && Symbol.isWord(out.symbol(last));
    if (!word || !Tokenizer.isWordPart(suffix.charAt(0))) {
      insert(suffix, tokens.ends[i]);
      return;
    }
    String whole = out.text(last) + suffix;
    int first = out.first(last);
    out.truncate(last);
    insert(whole, first);
  }

  private void insert(String text, int offset) {
    if (text.isEmpty()) {
      return;
    }
    Tokens inserted = insertions.get(text);
    if (inserted == null) {
      inserted = lex(text);
      insertions.put(text, inserted);
    }
    for (int k = 0; k < inserted.count; k++) {
      int kind = inserted.kinds[k];
      int start = inserted.starts[k];
      int end = inserted.ends[k];
      typedCalls |= kind == Kind.TYPED_CALL;
      @Nullable String own = inserted.text(k);
      out.add(Terminals.of(kind, inserted.source, start, end), offset, offset, own);
    }
  }

  private static Tokens lex(String text) {
    char[] chars = text.toCharArray();
    return new Tokenizer(chars, 0, chars.length, Words.standard()).body().tokens();
  }
}
