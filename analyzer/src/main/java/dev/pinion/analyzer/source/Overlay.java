// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tree with some files replaced, added or removed in memory: unsaved editor buffers, patches.
 * Immutable; another state of the buffers is another overlay over the same base.
 */
public final class Overlay implements SourceTree {
  private final SourceTree base;
  private final Map<String, Content> contents;
  private final FileList files;
  private final List<SourceProblem> problems;
  private final Use use;

  /** Empty as long as nobody has asked. */
  private volatile String listing = "";

  /** What the changes are for. */
  private enum Use {
    DRAFT,
    SETTLED
  }

  private Overlay(
      SourceTree base,
      Map<String, Content> contents,
      FileList files,
      List<SourceProblem> problems,
      Use use) {
    this.use = use;
    this.base = base;
    this.contents = contents;
    this.files = files;
    this.problems = problems;
  }

  /**
   * Lays changes over a tree.
   *
   * @param base the tree below, itself untouched
   * @param changes new content by path from the root; empty removes the file, if there is one.
   *     Files of no known {@link SourceFile.Kind} are left out, as in every tree
   */
  public static Overlay of(SourceTree base, Map<String, Optional<byte[]>> changes) {
    return of(base, changes, Use.DRAFT);
  }

  /**
   * Lays the changes of patches over a tree: as {@link #of}, but somebody may well ask for the same
   * state again.
   */
  public static Overlay patched(SourceTree base, Map<String, Optional<byte[]>> changes) {
    return of(base, changes, Use.SETTLED);
  }

  private static Overlay of(SourceTree base, Map<String, Optional<byte[]>> changes, Use use) {
    Map<String, Content> contents = new HashMap<>();
    List<SourceFile> added = new ArrayList<>(changes.size());
    changes.forEach(
        (path, change) ->
            change.ifPresent(
                bytes ->
                    SourceFile.Kind.of(path)
                        .ifPresent(
                            kind -> {
                              Content content = Content.of(bytes.clone());
                              contents.put(path, content);
                              added.add(new SourceFile(path, content.blobId(), bytes.length, kind));
                            })));
    List<SourceProblem> problems =
        base.problems().stream().filter(p -> !changes.containsKey(p.path())).toList();
    FileList files = FileList.of(base.files(), changes.keySet(), added);
    return new Overlay(base, Map.copyOf(contents), files, problems, use);
  }

  @Override
  public String root() {
    return base.root();
  }

  /** Empty: a changed tree is no commit's. */
  @Override
  public Optional<String> rev() {
    return Optional.empty();
  }

  @Override
  public List<SourceFile> files() {
    return files.files();
  }

  @Override
  public Optional<SourceFile> file(String path) {
    return files.find(path);
  }

  @Override
  public String listing() {
    String known = listing;
    if (known.isEmpty()) {
      known = ListingName.of(this);
      listing = known;
    }
    return known;
  }

  @Override
  public Content read(SourceFile file) throws SourceException {
    Content content = contents.get(file.path());
    if (content == null) {
      return base.read(file);
    }
    if (content.bytes().length > Content.LIMIT) {
      throw new SourceException(Content.tooLarge(content.bytes().length));
    }
    return content;
  }

  @Override
  public List<SourceProblem> problems() {
    return problems;
  }

  @Override
  public boolean isDraft() {
    return use == Use.DRAFT || base.isDraft();
  }
}
