// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a store's folder at this moment.
 *
 * @param versions of the analyzer, sorted by folder
 */
public record StoreContents(List<Version> versions) {
  /** Entries and the bytes they take on disk. */
  public record Amount(long entries, long bytes) {
    Amount plus(Amount other) {
      return new Amount(entries + other.entries, bytes + other.bytes);
    }
  }

  /**
   * What one version of the analyzer keeps.
   *
   * @param folder where
   * @param bytes of all files
   * @param lastUsed when a process last wrote something, or noted, at most once an hour, that it
   *     read something
   * @param kinds what there is by the tag of its kind; empty for another form of store than ours
   */
  public record Version(
      Path folder, int segments, long bytes, Instant lastUsed, SortedMap<Integer, Amount> kinds) {
    /** Copies what is given. */
    public Version {
      kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
    }

    /** Whether this is what {@link FactStore#open} uses for that version. */
    public boolean isOf(String version) {
      return folder.endsWith(VersionFolders.PREFIX + version);
    }
  }

  /** Copies what is given. */
  public StoreContents {
    versions = List.copyOf(versions);
  }

  /** Looks into a store; reads where entries are, and of each how long it is. */
  public static StoreContents of(Path folder) throws IOException {
    List<Version> versions = new ArrayList<>();
    for (Path path : new VersionFolders(folder).all()) {
      SegmentFolder version = new SegmentFolder(path);
      boolean known = VersionFolders.isOfThisForm(path);
      List<Segment> segments = known ? version.segments() : List.of();
      versions.add(
          new Version(
              path,
              known ? segments.size() : version.files().size(),
              VersionFolders.size(path),
              Files.getLastModifiedTime(path).toInstant(),
              kinds(segments)));
    }
    return new StoreContents(versions);
  }

  private static SortedMap<Integer, Amount> kinds(List<Segment> segments) {
    SortedMap<Integer, Amount> kinds = new TreeMap<>();
    for (Segment segment : segments) {
      for (int row = 0; row < segment.table().size(); row++) {
        kinds.merge(
            FactKind.tag(segment.table().kind(row)),
            new Amount(1, segment.cost(row)),
            Amount::plus);
      }
    }
    return kinds;
  }

  /** Bytes of all versions. */
  public long bytes() {
    return versions.stream().mapToLong(Version::bytes).sum();
  }
}
