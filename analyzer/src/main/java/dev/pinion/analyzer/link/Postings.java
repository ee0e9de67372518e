// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.TermIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which files spell a term: an index that was made once, and what has changed since. */
public final class Postings {
  private static final TreeSet<String> NONE = new TreeSet<>();

  private final TermIndex base;
  private final List<String> paths;

  /** Of so many terms the files stand ready; few are asked of many files one by one. */
  private static final int MAX_ASKED = 64;

  private final ConcurrentMap<Integer, int[]> asked = new ConcurrentHashMap<>();

  /** Files whose terms the index does not know, or no longer. */
  private final SortedMap<String, int[]> changed = new TreeMap<>();

  private final Map<Integer, TreeSet<String>> changedByTerm = new HashMap<>();

  /**
   * @param paths of the files of the index, sorted
   */
  public Postings(TermIndex base, List<String> paths) {
    this.base = base;
    this.paths = paths;
  }

  /** An index of files, made of their terms by path. */
  public static Postings of(SortedMap<String, int[]> files) {
    return new Postings(TermIndex.of(List.copyOf(files.values())), List.copyOf(files.keySet()));
  }

  /** The files of a term, in path order. */
  List<String> files(int term) {
    int[] known = base.files(term);
    List<String> all = new ArrayList<>(known.length);
    for (int file : known) {
      String path = paths.get(file);
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

  /** Whether a file may have something under a term; logarithmic for terms that come often. */
  boolean has(String path, int term) {
    int[] own = changed.get(path);
    if (own != null) {
      return Arrays.binarySearch(own, term) >= 0;
    }
    int place = Collections.binarySearch(paths, path);
    return place >= 0 && Arrays.binarySearch(filesInBase(term), place) >= 0;
  }

  private int[] filesInBase(int term) {
    int[] known = asked.get(term);
    if (known == null) {
      known = base.files(term);
      if (asked.size() >= MAX_ASKED) {
        asked.clear();
      }
      asked.put(term, known);
    }
    return known;
  }

  /**
   * Sets the terms of a file, which may be new.
   *
   * @param terms none if the file is gone
   */
  public void put(String path, int[] terms) {
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
