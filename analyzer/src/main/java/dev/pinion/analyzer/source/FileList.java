// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files sorted by path, no path twice. */
final class FileList {
  private static final Comparator<SourceFile> BY_PATH = Comparator.comparing(SourceFile::path);

  private final List<SourceFile> files;

  private FileList(List<SourceFile> files) {
    this.files = files;
  }

  /** Sorts the files. Where two claim one path, the first in the order given stays. */
  static FileList of(Collection<SourceFile> files) {
    SourceFile[] sorted = files.toArray(new SourceFile[0]);
    Arrays.sort(sorted, BY_PATH);
    int kept = 0;
    for (SourceFile file : sorted) {
      if (kept == 0 || !sorted[kept - 1].path().equals(file.path())) {
        sorted[kept++] = file;
      }
    }
    return new FileList(List.of(Arrays.copyOf(sorted, kept)));
  }

  /**
   * Files with some of them left out and others added; linear.
   *
   * @param sorted by path, no path twice
   * @param without the paths of those that are left out
   * @param added in any order; no path that is left then
   */
  static FileList of(List<SourceFile> sorted, Set<String> without, List<SourceFile> added) {
    List<SourceFile> more = added.stream().sorted(BY_PATH).toList();
    SourceFile[] all = new SourceFile[sorted.size() + more.size()];
    int count = 0;
    int next = 0;
    for (SourceFile file : sorted) {
      if (without.contains(file.path())) {
        continue;
      }
      while (next < more.size() && BY_PATH.compare(more.get(next), file) < 0) {
        all[count++] = more.get(next++);
      }
      all[count++] = file;
    }
    while (next < more.size()) {
      all[count++] = more.get(next++);
    }
    return new FileList(List.of(count == all.length ? all : Arrays.copyOf(all, count)));
  }

  List<SourceFile> files() {
    return files;
  }

  Optional<SourceFile> find(String path) {
    int low = 0;
    int high = files.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = files.get(middle).path().compareTo(path);
      if (order == 0) {
        return Optional.of(files.get(middle));
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }
}
