// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.source.Content;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceProblem;
import dev.pinion.analyzer.source.SourceTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tree that notices when what is read is not what was listed: a file was edited or removed in the
 * middle of a scan. The scan's result is then good enough to show, but not to be remembered under
 * the name of the listing.
 */
final class WatchedTree implements SourceTree {
  private final SourceTree tree;
  private final Set<String> moved = ConcurrentHashMap.newKeySet();

  WatchedTree(SourceTree tree) {
    this.tree = tree;
  }

  /** Whether every file that was read had the content that was listed. */
  boolean isAsListed() {
    return moved.isEmpty();
  }

  /** The files that were read and did not have the content that was listed. */
  Set<String> moved() {
    return moved;
  }

  @Override
  public Content read(SourceFile file) throws SourceException {
    try {
      Content content = tree.read(file);
      if (!content.blobId().equals(file.blobId())) {
        moved.add(file.path());
      }
      return content;
    } catch (SourceException e) {
      moved.add(file.path());
      throw e;
    }
  }

  @Override
  public String root() {
    return tree.root();
  }

  @Override
  public Optional<String> rev() {
    return tree.rev();
  }

  @Override
  public List<SourceFile> files() {
    return tree.files();
  }

  @Override
  public Optional<SourceFile> file(String path) {
    return tree.file(path);
  }

  @Override
  public List<SourceProblem> problems() {
    return tree.problems();
  }

  @Override
  public String listing() {
    return tree.listing();
  }

  @Override
  public boolean isDraft() {
    return tree.isDraft();
  }
}
