// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.source.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In which files two listings differ.
 *
 * @param before the files of the first that are gone from the second, or others there
 * @param now the files of the second that the first has not, or has as others
 */
record TreeDelta(List<SourceFile> before, List<SourceFile> now) {
  TreeDelta {
    before = List.copyOf(before);
    now = List.copyOf(now);
  }

  /** The paths of files that are gone. */
  List<String> gone() {
    Set<String> there = new HashSet<>();
    now.forEach(f -> there.add(f.path()));
    return before.stream().map(SourceFile::path).filter(p -> !there.contains(p)).toList();
  }

  /**
   * Compares two listings, each sorted by path with no path twice. Linear; listings that are made
   * from each other share most of their files, of which nothing is looked at then.
   */
  @SuppressWarnings("ReferenceEquality") // Equal files may be two; they are compared then.
  static TreeDelta between(List<SourceFile> before, List<SourceFile> now) {
    List<SourceFile> old = new ArrayList<>();
    List<SourceFile> others = new ArrayList<>();
    int i = 0;
    int k = 0;
    while (i < before.size() || k < now.size()) {
      if (i < before.size() && k < now.size() && before.get(i) == now.get(k)) {
        i++;
        k++;
        continue;
      }
      int order =
          i == before.size()
              ? 1
              : k == now.size() ? -1 : before.get(i).path().compareTo(now.get(k).path());
      if (order < 0) {
        old.add(before.get(i++));
      } else if (order > 0) {
        others.add(now.get(k++));
      } else {
        if (!before.get(i).blobId().equals(now.get(k).blobId())) {
          old.add(before.get(i));
          others.add(now.get(k));
        }
        i++;
        k++;
      }
    }
    return new TreeDelta(old, others);
  }
}
