// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FileDigest;
import dev.pinion.analyzer.link.Postings;
import dev.pinion.analyzer.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** From the index of an earlier state of a tree, if there is one, to what the tree is now. */
final class IndexUpdate {
  /** Once a file in so many is not as the index says, another index is worth its room. */
  private static final int SHARE = 20;

  private final List<SourceFile> files;
  private final Optional<TreeIndex> earlier;

  /** What the index says of each file, by path. */
  private final Supplier<Map<String, TreeIndex.Entry>> known = Lazy.of(this::byPath);

  /** Whether the index is of this very tree, and of all of its files. */
  private final boolean isExact;

  private final Supplier<List<TreeIndex.Entry>> replaced = Lazy.of(this::findReplaced);

  private SortedMap<String, FileDigest> digests = new TreeMap<>();

  /**
   * @param files the tree's C files, in path order
   * @param listing the tree's
   */
  IndexUpdate(List<SourceFile> files, String listing, Optional<IndexMemory.Known> earlier) {
    this.files = files;
    this.earlier = earlier.map(IndexMemory.Known::index);
    this.isExact =
        earlier.isPresent()
            && earlier.get().listing().equals(listing)
            && earlier.get().index().size() == files.size();
  }

  private Map<String, TreeIndex.Entry> byPath() {
    Map<String, TreeIndex.Entry> all = new HashMap<>();
    earlier.ifPresent(index -> index.files().forEach(e -> all.put(e.path(), e)));
    return all;
  }

  /** The files of which the index does not know what they are now. */
  List<SourceFile> open() {
    return isExact ? List.of() : files.stream().filter(f -> !isKnown(f)).toList();
  }

  private boolean isKnown(SourceFile file) {
    TreeIndex.Entry entry = known.get().get(file.path());
    return entry != null && entry.id().equals(file.blobId());
  }

  /** The files that the index does not know at all, by path. */
  List<String> added() {
    return isExact
        ? List.of()
        : files.stream().map(SourceFile::path).filter(p -> !known.get().containsKey(p)).toList();
  }

  /** What the index says of files that are others now, or gone. */
  List<TreeIndex.Entry> replaced() {
    return replaced.get();
  }

  private List<TreeIndex.Entry> findReplaced() {
    if (isExact) {
      return List.of();
    }
    Set<String> same = new HashSet<>();
    files.stream().filter(this::isKnown).forEach(f -> same.add(f.path()));
    return known.get().values().stream().filter(e -> !same.contains(e.path())).toList();
  }

  /** Whether the index is of this very tree, and of all of its files. */
  boolean isExact() {
    return isExact;
  }

  /** Adds the digests of the {@link #open} files. */
  void add(SortedMap<String, FileDigest> found) {
    digests = found;
  }

  /** Whether so much is new that another index should be kept. */
  boolean isLarge() {
    return earlier.isEmpty()
        || digests.size() > files.size() / SHARE
        || replaced().size() > files.size() / SHARE;
  }

  /** The paths of all files, sorted. */
  List<String> paths() {
    return files.stream().map(SourceFile::path).toList();
  }

  /** The ledger of all files, by path. */
  SortedMap<String, Ledger.FileRow> rows() {
    SortedMap<String, Ledger.FileRow> rows = new TreeMap<>();
    for (SourceFile file : files) {
      rows.put(file.path(), row(file));
    }
    return rows;
  }

  private Ledger.FileRow row(SourceFile file) {
    FileDigest digest = digests.get(file.path());
    return digest == null ? entry(file).row() : Ledger.row(file.path(), digest);
  }

  private TreeIndex.Entry entry(SourceFile file) {
    return Optional.ofNullable(known.get().get(file.path())).orElseThrow();
  }

  /** The files of each term, as they are now. */
  Postings postings() {
    if (earlier.isEmpty()) {
      TreeIndex index = index(file -> true);
      return new Postings(index.terms(), index.paths());
    }
    if (isExact) {
      return new Postings(earlier.get().terms(), paths());
    }
    Postings postings = new Postings(earlier.get().terms(), earlier.get().paths());
    Map<String, SourceFile> now = new HashMap<>();
    files.forEach(f -> now.put(f.path(), f));
    for (TreeIndex.Entry entry : earlier.get().files()) {
      if (!now.containsKey(entry.path())) {
        postings.put(entry.path(), new int[0]);
      }
    }
    digests.forEach((path, digest) -> postings.put(path, digest.terms()));
    return postings;
  }

  /**
   * An index of what the tree is now: what is still right of the earlier one, and the digests.
   *
   * @param wanted which files it is to know; it leads to all others as if they were new
   */
  TreeIndex index(Predicate<SourceFile> wanted) {
    Map<String, int[]> terms = new HashMap<>();
    earlier.ifPresent(
        index -> {
          List<int[]> byFile = index.termsByFile();
          for (int i = 0; i < byFile.size(); i++) {
            terms.put(index.files().get(i).path(), byFile.get(i));
          }
        });
    digests.forEach((path, digest) -> terms.put(path, digest.terms()));
    List<TreeIndex.Entry> entries = new ArrayList<>(files.size());
    List<int[]> ordered = new ArrayList<>(files.size());
    for (SourceFile file : files) {
      if (wanted.test(file)) {
        entries.add(new TreeIndex.Entry(file.blobId(), row(file)));
        ordered.add(terms.getOrDefault(file.path(), new int[0]));
      }
    }
    return TreeIndex.of(entries, ordered);
  }
}
