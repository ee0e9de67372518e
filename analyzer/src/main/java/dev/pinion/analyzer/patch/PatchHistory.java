// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import dev.pinion.analyzer.source.Change;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.History;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Patches in order on a base, as a history. */
public final class PatchHistory implements History {
  private static final String BASE = "base";

  private final List<Change> changes = new ArrayList<>();
  private final Map<String, PatchedTree> trees = new HashMap<>();
  private final List<String> skipped = new ArrayList<>();

  private PatchHistory() {}

  /**
   * Applies all patches.
   *
   * @param patches at least one, in order
   * @param blobs where the contents that they were made for may be found
   * @throws SourceException if one does not apply
   */
  public static PatchHistory of(SourceTree base, List<Patch> patches, Optional<GitRepository> blobs)
      throws SourceException {
    PatchHistory history = new PatchHistory();
    PatchedTree tree = PatchedTree.of(base, blobs);
    String before = BASE;
    history.trees.put(BASE, tree);
    for (Patch patch : patches) {
      String id = Integer.toString(history.changes.size() + 1);
      tree = tree.with(patch);
      history.skipped.addAll(tree.skipped());
      history.trees.put(id, tree);
      history.changes.add(new Change(id, patch.name(), patch.title(), List.of(before)));
      before = id;
    }
    return history;
  }

  /**
   * The contents that patches were made for, for {@link dev.pinion.analyzer.source.BaseSearch}: the
   * first digits of each file's blob id by path, empty for a file that must not be there yet.
   */
  public static Map<String, Optional<String>> wanted(List<Patch> patches) {
    Map<String, Optional<String>> wanted = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (Patch patch : patches) {
      for (FilePatch file : patch.files()) {
        Optional<String> old = file.oldName().map(name -> path(name, file));
        Optional<String> now = file.newName().map(name -> path(name, file));
        // What an earlier patch leaves behind is no state of the base's.
        if (old.isPresent() && seen.add(old.get()) && file.oldBlob().isPresent()) {
          wanted.put(old.get(), file.oldBlob());
        }
        if (now.isPresent() && seen.add(now.get())) {
          wanted.put(now.get(), Optional.empty());
        }
      }
    }
    return wanted;
  }

  private static String path(String name, FilePatch file) {
    return file.prefix() == FilePatch.Prefix.USUAL ? Names.stripped(name) : name;
  }

  @Override
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  @Override
  public SourceTree tree(String id) throws SourceException {
    PatchedTree tree = trees.get(id);
    if (tree == null) {
      throw new SourceException("there is no patch '" + id + "' in the series");
    }
    return tree.tree();
  }

  /** What the patches have that was not applied, one line each. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }
}
