// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import com.google.gson.Gson;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.source.Reason;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the last scan of a tree found, so that {@code pinion explain ID} need not scan again. One
 * file per tree and commit, in the folder {@code scans} of the store; it also has the blob ids of
 * the files concerned, so that {@code explain} sees when they have changed since.
 *
 * @param format of this record
 * @param root the tree's folder, or the repository
 * @param rev the commit, or null for a work tree
 * @param findings of all tiers
 * @param blobs the id of each file in a finding's story
 */
record LastScan(
    int format,
    String root,
    @Nullable String rev,
    List<Reported> findings,
    Map<String, String> blobs) {
  private static final int FORMAT = 2;
  private static final int MOST_KEPT = 50;

  LastScan {
    findings = List.copyOf(findings);
    blobs = Map.copyOf(blobs);
  }

  /** A finding and the scan it is from. */
  record Found(Reported finding, LastScan scan) {}

  /** Remembers a scan; without a store there is no memory. */
  static void save(
      List<Reported> findings, TreeOptions.Opened opened, Optional<Path> store, Surroundings here) {
    if (store.isEmpty()) {
      return;
    }
    SourceTree tree = opened.tree();
    String rev = tree.rev().orElse(null);
    LastScan scan = new LastScan(FORMAT, tree.root(), rev, findings, blobs(findings, tree));
    Path folder = folder(store.get());
    String name =
        UUID.nameUUIDFromBytes((scan.root + "\0" + rev).getBytes(StandardCharsets.UTF_8)) + ".json";
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "scan", ".tmp");
      Files.writeString(draft, new Gson().toJson(scan));
      Files.move(draft, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      forgetOldest(folder);
    } catch (IOException e) {
      here.err()
          .println(
              "pinion: %s: cannot be written (%s); `pinion explain ID` will not know this scan"
                  .formatted(folder, Reason.of(e)));
    }
  }

  /**
   * Finds a finding in the last scans, the newest first.
   *
   * @param wanted tells whether a finding of a scan is the one
   */
  static Optional<Found> find(BiPredicate<LastScan, Reported> wanted, Path store) throws BadInput {
    Path folder = folder(store);
    try {
      for (Path file : newestFirst(folder)) {
        Optional<LastScan> scan = read(file);
        Optional<Found> found = scan.flatMap(s -> s.first(wanted));
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new BadInput(folder + ": cannot be read: " + Reason.of(e), e);
    }
  }

  /**
   * The finding of a file that is nearest to a line, in the newest scan that has one there.
   *
   * @param inFile tells whether a finding of a scan is in the file
   */
  static Optional<Reported> nearest(BiPredicate<LastScan, Reported> inFile, int line, Path store)
      throws BadInput {
    Path folder = folder(store);
    try {
      for (Path file : newestFirst(folder)) {
        Optional<Reported> near =
            read(file)
                .flatMap(
                    scan ->
                        scan.findings.stream()
                            .filter(finding -> inFile.test(scan, finding))
                            .min(
                                Comparator.comparingInt(
                                    f -> Math.abs(f.finding().location().line() - line))));
        if (near.isPresent()) {
          return near;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new BadInput(folder + ": cannot be read: " + Reason.of(e), e);
    }
  }

  private Optional<Found> first(BiPredicate<LastScan, Reported> wanted) {
    return findings.stream()
        .filter(finding -> wanted.test(this, finding))
        .findFirst()
        .map(finding -> new Found(finding, this));
  }

  /** What the tree is called in text. */
  String tree() {
    return rev == null ? root : root + " at " + rev;
  }

  private static Path folder(Path store) {
    return store.resolve(SideFiles.SCANS);
  }

  private static Map<String, String> blobs(List<Reported> findings, SourceTree tree) {
    TreeSet<String> files = new TreeSet<>();
    for (Reported reported : findings) {
      files.add(reported.finding().location().file());
      for (Related step : reported.finding().related()) {
        files.add(step.location().file());
      }
    }
    Map<String, String> blobs = new TreeMap<>();
    for (String path : files) {
      tree.file(path).map(SourceFile::blobId).ifPresent(blob -> blobs.put(path, blob.hex()));
    }
    return blobs;
  }

  /** A record that is damaged or of another version is as good as none. */
  private static Optional<LastScan> read(Path file) throws IOException {
    try {
      LastScan scan = new Gson().fromJson(Files.readString(file), LastScan.class);
      return scan == null || scan.format != FORMAT ? Optional.empty() : Optional.of(scan);
    } catch (RuntimeException e) {
      return Optional.empty(); // Gson also wraps what a record's constructor throws.
    }
  }

  private static void forgetOldest(Path folder) throws IOException {
    List<Path> files = newestFirst(folder);
    for (Path old : files.subList(Math.min(MOST_KEPT, files.size()), files.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static List<Path> newestFirst(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    record Dated(Path file, FileTime time) {}
    List<Dated> dated = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        dated.add(new Dated(file, Files.getLastModifiedTime(file)));
      }
    }
    dated.sort(
        Comparator.comparing(Dated::time).reversed().thenComparing(d -> d.file().toString()));
    return dated.stream().map(Dated::file).toList();
  }
}
