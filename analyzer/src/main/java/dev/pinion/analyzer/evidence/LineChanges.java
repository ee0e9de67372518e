// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.evidence;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which lines differ between two trees. Computed from the trees and not from a patch's text, so
 * that commits and mails are judged alike.
 *
 * @param byFile the places that differ, by path, in order; a file that came or went whole is one
 *     place
 */
public record LineChanges(SortedMap<String, List<Place>> byFile) {
  /** Copies the map. */
  public LineChanges {
    TreeMap<String, List<Place>> copy = new TreeMap<>();
    byFile.forEach((file, places) -> copy.put(file, List.copyOf(places)));
    byFile = copy;
  }

  /**
   * Lines that were replaced.
   *
   * @param oldStart the first one, from 1; where they stood if there were none
   * @param removed their texts
   * @param start the first new one, from 1; where the old ones stood if there are none
   * @param added their texts
   */
  public record Place(int oldStart, List<String> removed, int start, List<String> added) {
    /** Copies the lists. */
    public Place {
      removed = List.copyOf(removed);
      added = List.copyOf(added);
    }

    /** Whether this line of the new tree is one of the new ones. */
    public boolean adds(int line) {
      return line >= start && line < start + added.size();
    }

    /** Whether this line of the old tree is one of those that went. */
    public boolean removes(int line) {
      return line >= oldStart && line < oldStart + removed.size();
    }
  }

  /** The places of one file. */
  public List<Place> in(String file) {
    return byFile.getOrDefault(file, List.of());
  }

  /** All places, in order of their files. */
  public List<Place> all() {
    return byFile.values().stream().flatMap(List::stream).toList();
  }

  /** Whether this line of the new tree is new. */
  public boolean adds(String file, int line) {
    return in(file).stream().anyMatch(p -> p.adds(line));
  }

  /** Whether this line of the old tree went. */
  public boolean removes(String file, int line) {
    return in(file).stream().anyMatch(p -> p.removes(line));
  }

  /** The place of a file that is nearest to a line of the new tree. */
  public Optional<Place> nearest(String file, int line) {
    return in(file).stream()
        .min(
            (a, b) -> {
              int byDistance = Integer.compare(distance(a, line), distance(b, line));
              return byDistance != 0 ? byDistance : Integer.compare(a.start(), b.start());
            });
  }

  private static int distance(Place place, int line) {
    int end = place.start() + Math.max(1, place.added().size()) - 1;
    return Math.max(0, Math.max(place.start() - line, line - end));
  }
}
