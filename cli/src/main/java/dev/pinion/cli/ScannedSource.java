// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.source.Content;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.GitRevision;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The lines of the files of a remembered scan, as they are now. */
final class ScannedSource implements AutoCloseable {
  private final LastScan scan;
  private final Optional<GitRepository> repository;
  private final Optional<SourceTree> commit;
  private final Map<String, List<String>> lines = new HashMap<>();
  private final SortedSet<String> changed = new TreeSet<>();

  private ScannedSource(
      LastScan scan, Optional<GitRepository> repository, Optional<SourceTree> commit) {
    this.scan = scan;
    this.repository = repository;
    this.commit = commit;
  }

  static ScannedSource open(LastScan scan) throws SourceException {
    String rev = scan.rev();
    if (rev == null) {
      return new ScannedSource(scan, Optional.empty(), Optional.empty());
    }
    GitRepository repository = GitRepository.open(Path.of(scan.root()));
    try {
      SourceTree tree = GitRevision.of(repository, rev);
      return new ScannedSource(scan, Optional.of(repository), Optional.of(tree));
    } catch (SourceException e) {
      repository.close();
      throw e;
    }
  }

  /** The lines of a file; none if it is gone. */
  List<String> lines(String file) {
    return lines.computeIfAbsent(file, this::read);
  }

  /** Files that were asked for and are not what was scanned, sorted. */
  List<String> changed() {
    return List.copyOf(changed);
  }

  @Override
  public void close() {
    repository.ifPresent(GitRepository::close);
  }

  private List<String> read(String file) {
    try {
      Content content = commit.isPresent() ? stored(commit.get(), file) : onDisk(file);
      if (!content.blobId().hex().equals(scan.blobs().get(file))) {
        changed.add(file);
      }
      return new String(content.bytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException | SourceException e) {
      changed.add(file);
      return List.of();
    }
  }

  private Content onDisk(String file) throws IOException {
    return Content.of(Files.readAllBytes(Path.of(scan.root()).resolve(file)));
  }

  private static Content stored(SourceTree tree, String file) throws SourceException {
    Optional<SourceFile> found = tree.file(file);
    if (found.isEmpty()) {
      throw new SourceException("it does not exist");
    }
    return tree.read(found.get());
  }
}
