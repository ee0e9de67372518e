// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads rows on how structs are counted that people wrote, and so may be wrong. */
final class CountedRows {
  private static final Set<String> OPERATIONS =
      Set.of("get", "try-get", "put", "release", "member", "none");

  private static final Set<String> TEXTS = Set.of("of", "counter");

  private CountedRows() {}

  static Map<String, Api> parse(String family, List<String> lines) throws RowException {
    Map<String, Api> rows = new TreeMap<>();
    int number = 0;
    for (String line : lines) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      String[] words = text.split("\\s+");
      check(words, number);
      Api row = KernelModel.row(family, words);
      check(row, number);
      if (rows.put(row.name(), row) != null) {
        throw new RowException(number, "a second row for '" + row.name() + "'; leave one");
      }
    }
    return rows;
  }

  private static void check(String[] words, int line) throws RowException {
    String operations = String.join(", ", new TreeSet<>(OPERATIONS));
    if (!words[0].matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new RowException(line, "'" + words[0] + "' is no function's name");
    }
    if (words.length < 2 || !OPERATIONS.contains(words[1])) {
      String found = words.length < 2 ? "nothing" : "'" + words[1] + "'";
      throw new RowException(
          line, found + " where one of " + operations + " belongs, after '" + words[0] + "'");
    }
  }

  private static void check(Api row, int line) throws RowException {
    if (!row.flags().isEmpty()) {
      throw new RowException(
          line,
          "'" + row.flags().iterator().next() + "' is no attribute; write of=, arg=, counter=");
    }
    for (String key : row.texts().keySet()) {
      if (!TEXTS.contains(key)) {
        throw new RowException(line, "'" + key + "=' is no attribute; write of=, arg=, counter=");
      }
    }
    for (String key : row.numbers().keySet()) {
      if (!key.equals("arg")) {
        throw new RowException(line, "'" + key + "=' takes no number; only arg= does");
      }
    }
    if (!row.texts().containsKey("of")) {
      throw new RowException(line, "no struct for '" + row.name() + "'; add of=TAG");
    }
  }
}
