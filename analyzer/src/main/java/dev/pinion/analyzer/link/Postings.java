// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which files spell a term: one sorted array over all files, made once, and what has changed since.
 * A look-up is logarithmic in the number of all terms of all files.
 */
final class Postings {
  private static final long FILE = 0xffff_ffffL;

  /** A term's number above, a file's below; sorted. */
  private final long[] base;

  private final String[] paths;

  /** Files whose terms the array does not know, or no longer. */
  private final SortedMap<String, int[]> changed = new TreeMap<>();

  private final Map<Integer, TreeSet<String>> changedByTerm = new HashMap<>();

  /**
   * @param files the terms of each file, by path
   */
  Postings(SortedMap<String, int[]> files) {
    paths = files.keySet().toArray(new String[0]);
    base = new long[files.values().stream().mapToInt(t -> t.length).sum()];
    int next = 0;
    int file = 0;
    for (int[] terms : files.values()) {
      for (int term : terms) {
        base[next++] = (long) term << 32 | file;
      }
      file++;
    }
    Arrays.parallelSort(base);
  }

  /** The files of a term, in path order. */
  List<String> files(int term) {
    int at = Arrays.binarySearch(base, (long) term << 32);
    List<String> all = new ArrayList<>();
    for (int i = at < 0 ? -at - 1 : at; i < base.length && base[i] >> 32 == term; i++) {
      String path = paths[(int) (base[i] & FILE)];
      if (changed.isEmpty() || !changed.containsKey(path)) {
        all.add(path);
      }
    }
    Collection<String> more =
        changed.isEmpty() ? List.of() : changedByTerm.getOrDefault(term, NONE);
    if (!more.isEmpty()) {
      all.addAll(more);
      all.sort(null);
    }
    return all;
  }

  private static final TreeSet<String> NONE = new TreeSet<>();

  /**
   * Sets the terms of a file, which may be new.
   *
   * @param terms none if the file is gone
   */
  void put(String path, int[] terms) {
    int[] before = changed.put(path, terms);
    if (before != null) {
      for (int term : before) {
        TreeSet<String> files = changedByTerm.get(term);
        if (files != null) {
          files.remove(path);
        }
      }
    }
    for (int term : terms) {
      changedByTerm.computeIfAbsent(term, t -> new TreeSet<>()).add(path);
    }
  }
}
