// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The words that are more than names: the keywords of C and the rows of {@code macros.txt}. Read
 * once and never changed.
 */
final class Words {
  private static final Map<String, Integer> CLASSES = classes();
  private static final Words STANDARD = load("macros.txt");

  private final String[] names;
  private final int[] kinds;
  private final int[] hashes;
  private final Map<String, String> templates;

  private Words(Map<String, Integer> rows, Map<String, String> templates) {
    int size = Integer.highestOneBit(rows.size() * 4) * 2;
    this.names = new String[size];
    this.kinds = new int[size];
    this.hashes = new int[size];
    this.templates = Map.copyOf(templates);
    for (Map.Entry<String, Integer> row : rows.entrySet()) {
      int hash = hash(row.getKey().toCharArray(), 0, row.getKey().length());
      int slot = slot(hash, size);
      while (kinds[slot] != 0) {
        slot = (slot + 1) & (size - 1);
      }
      names[slot] = row.getKey();
      kinds[slot] = row.getValue();
      hashes[slot] = hash;
    }
  }

  /** The words every file is read with. */
  static Words standard() {
    return STANDARD;
  }

  /** The hash that {@link #kind} expects; the tokenizer computes it while it reads a word. */
  static int hash(char[] source, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + source[i];
    }
    return hash;
  }

  /** The kind of a word; {@link Kind#NAME} if it is not a known one. */
  int kind(char[] source, int start, int end, int hash) {
    int slot = slot(hash, kinds.length);
    while (kinds[slot] != 0) {
      if (hashes[slot] == hash && same(names[slot], source, start, end)) {
        return kinds[slot];
      }
      slot = (slot + 1) & (kinds.length - 1);
    }
    return Kind.NAME;
  }

  /** The template of a macro, or an empty text. */
  String template(String name) {
    return templates.getOrDefault(name, "");
  }

  private static int slot(int hash, int size) {
    return (hash ^ hash >>> 15) & (size - 1);
  }

  private static boolean same(String name, char[] source, int start, int end) {
    if (name.length() != end - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != source[start + i]) {
        return false;
      }
    }
    return true;
  }

  private static Words load(String resource) {
    Map<String, Integer> rows = new HashMap<>();
    Map<String, String> templates = new HashMap<>();
    try (InputStream in = Words.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        addRow(line, rows, templates);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return new Words(rows, templates);
  }

  /** A row is {@code class name...}, or {@code class name = template}; # starts a comment. */
  private static void addRow(
      String line, Map<String, Integer> rows, Map<String, String> templates) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    int equals = line.indexOf(" = ");
    String head = equals < 0 ? line : line.substring(0, equals);
    String[] words = head.strip().split("\\s+", -1);
    Integer kind = CLASSES.get(words[0]);
    if (kind == null) {
      throw new IllegalStateException("unknown class in macros.txt: " + line);
    }
    for (int i = 1; i < words.length; i++) {
      if (rows.put(words[i], kind) != null) {
        throw new IllegalStateException("macros.txt has two rows for " + words[i]);
      }
      if (equals >= 0) {
        templates.put(words[i], line.substring(equals + 3).strip());
      }
    }
  }

  /** For tests: the kind of a word by its text. */
  int kind(String word) {
    char[] chars = word.toCharArray();
    return kind(chars, 0, chars.length, hash(chars, 0, chars.length));
  }

  private static Map<String, Integer> classes() {
    return Map.ofEntries(
        Map.entry("kw-type", Kind.TYPE),
        Map.entry("kw-tag", Kind.TAG),
        Map.entry("kw-qualifier", Kind.QUALIFIER),
        Map.entry("kw-storage", Kind.STORAGE),
        Map.entry("kw-typeof", Kind.TYPEOF),
        Map.entry("kw-sizeof", Kind.SIZEOF),
        Map.entry("kw-if", Kind.IF),
        Map.entry("kw-else", Kind.ELSE),
        Map.entry("kw-while", Kind.WHILE),
        Map.entry("kw-for", Kind.FOR),
        Map.entry("kw-do", Kind.DO),
        Map.entry("kw-switch", Kind.SWITCH),
        Map.entry("kw-case", Kind.CASE),
        Map.entry("kw-default", Kind.DEFAULT),
        Map.entry("kw-return", Kind.RETURN),
        Map.entry("kw-goto", Kind.GOTO),
        Map.entry("kw-break", Kind.BREAK),
        Map.entry("kw-continue", Kind.CONTINUE),
        Map.entry("kw-asm", Kind.ASM),
        Map.entry("kw-generic", Kind.GENERIC),
        Map.entry("kw-assert", Kind.ASSERT),
        Map.entry("kw-label", Kind.LABEL),
        Map.entry("type", Kind.TYPE_NAME),
        Map.entry("attribute", Kind.ATTRIBUTE),
        Map.entry("attribute-call", Kind.ATTRIBUTE_CALL),
        Map.entry("lock", Kind.LOCK_CALL),
        Map.entry("cleanup", Kind.CLEANUP_CALL),
        Map.entry("member", Kind.MEMBER_MACRO),
        Map.entry("group", Kind.GROUP_MACRO),
        Map.entry("function", Kind.FUNCTION_MACRO),
        Map.entry("variable", Kind.VARIABLE_MACRO),
        Map.entry("typed-call", Kind.TYPED_CALL),
        Map.entry("loop", Kind.LOOP_MACRO));
  }
}
