// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.LineChanges;
import dev.pinion.analyzer.evidence.LineChanges.Place;
import dev.pinion.analyzer.source.LineDiff;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells two trees apart, line by line. */
final class TreeChanges {
  private static final byte[] NOTHING = {};

  private TreeChanges() {}

  /** Compares two trees; what cannot be read has no lines. */
  static LineChanges between(SourceTree before, SourceTree after) {
    Map<String, SourceFile> old = new HashMap<>();
    before.files().forEach(f -> old.put(f.path(), f));
    TreeMap<String, List<Place>> changes = new TreeMap<>();
    for (SourceFile file : after.files()) {
      SourceFile was = old.remove(file.path());
      if (was == null) {
        changes.put(file.path(), places(NOTHING, read(after, file)));
      } else if (!was.blobId().equals(file.blobId())) {
        changes.put(file.path(), places(read(before, was), read(after, file)));
      }
    }
    old.values().forEach(gone -> changes.put(gone.path(), places(read(before, gone), NOTHING)));
    return new LineChanges(changes);
  }

  private static byte[] read(SourceTree tree, SourceFile file) {
    try {
      return tree.read(file).bytes();
    } catch (SourceException e) {
      return NOTHING; // The scan says so in its coverage.
    }
  }

  private static List<Place> places(byte[] before, byte[] after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    return LineDiff.between(before, after).stream()
        .map(
            e ->
                new Place(
                    e.oldStart() + 1,
                    old.subList(e.oldStart(), e.oldEnd()),
                    e.start() + 1,
                    now.subList(e.start(), e.end())))
        .toList();
  }

  private static List<String> lines(byte[] content) {
    // Not String.lines(): a lone carriage return ends no line for git.
    return List.of(new String(content, StandardCharsets.ISO_8859_1).split("\n", -1));
  }
}
