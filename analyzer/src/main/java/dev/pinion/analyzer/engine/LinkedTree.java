// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FileDigest;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.KbuildFacts;
import dev.pinion.analyzer.link.IrSource;
import dev.pinion.analyzer.link.LockTable;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Since;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.query.Queries;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The program of the last tree, to be turned into that of the next: the cost is in proportion to
 * the files in which the two differ, and to what hangs on them.
 */
final class LinkedTree {
  private final Program program;

  /** The tree's own rows as they were; they bear on everything. */
  private final Optional<BlobId> rows;

  /** What the tree is made of; nothing, if it will not become another. */
  private final Map<String, BlobId> ids = new HashMap<>();

  private final SortedMap<String, KbuildFacts> builds = new TreeMap<>();
  private final Supplier<SortedMap<String, Ledger.FileRow>> ledger;

  /** The name of the tree that this was at first, if the store has its index. */
  private final Optional<String> indexed;

  /** The state of the tree that the store knows. */
  private final Optional<EarlierState> earlier;

  /** The files that have become others since this was linked, as they were. */
  private final Map<String, Was> changed = new HashMap<>();

  /**
   * A file as it was when this was linked.
   *
   * @param id empty if there was none, or another than was listed
   * @param facts empty if there was none
   */
  private record Was(Optional<BlobId> id, Optional<FileFacts> facts) {}

  private LinkedTree(SourceTree tree, String listing, Loader.Loaded loaded, Program program) {
    this.indexed = Optional.of(listing).filter(l -> loaded.isIndexed());
    this.earlier = loaded.earlier();
    this.program = program;
    this.rows = rows(tree);
    this.ledger = loaded.ledger();
  }

  /**
   * Links a tree, once or for more to come.
   *
   * @param takesNotes whether the program of one tree is to know what its answers hang on
   */
  static LinkedTree of(
      SourceTree tree,
      String listing,
      Loader.Loaded loaded,
      KernelModel model,
      IrSource bodies,
      Engine.Trees trees,
      boolean takesNotes) {
    LinkedTree linked =
        new LinkedTree(tree, listing, loaded, program(loaded, model, bodies, trees, takesNotes));
    if (trees == Engine.Trees.MANY) {
      linked.builds.putAll(loaded.builds().get());
      tree.files().forEach(f -> linked.ids.put(f.path(), f.blobId()));
    }
    return linked;
  }

  private static Program program(
      Loader.Loaded loaded,
      KernelModel model,
      IrSource bodies,
      Engine.Trees trees,
      boolean takesNotes) {
    Queries.Mode mode =
        trees == Engine.Trees.MANY
            ? Queries.Mode.LIVE
            : takesNotes ? Queries.Mode.NOTED : Queries.Mode.ONCE;
    return Program.link(mode, loaded.code(), loaded.builds(), model, bodies, loaded.locks());
  }

  private static Optional<BlobId> rows(SourceTree tree) {
    return tree.file(SourceFile.COUNTED_ROWS).map(SourceFile::blobId);
  }

  Program program() {
    return program;
  }

  Ledger ledger(SourceTree tree) {
    return Ledger.of(List.copyOf(ledger.get().values()), tree);
  }

  /** Whether the store has the index of the tree with that listing. */
  boolean isIndexed(String listing) {
    return indexed.equals(Optional.of(listing));
  }

  /** Takes these files for new the next time: they were not what was listed. */
  void distrust(Set<String> paths) {
    ids.keySet().removeAll(paths);
  }

  /** Whether this can become that tree. */
  boolean canBecome(SourceTree tree) {
    return rows.equals(rows(tree));
  }

  /** Whether the file is not as it was. */
  boolean isNew(SourceFile file) {
    return !file.blobId().equals(ids.get(file.path()));
  }

  /**
   * Makes this the program of another tree. Nobody may ask it anything meanwhile.
   *
   * @param loaded the facts of the files that are {@linkplain #isNew new}
   * @param store has the facts of files as they were
   * @return whether that was done; it is not if nobody knows what a file was
   */
  boolean become(SourceTree tree, Loader.Changed loaded, IrSource bodies, CodeFacts store) {
    List<String> gone = gone(tree);
    Map<String, Was> old = new HashMap<>();
    for (String path : gone) {
      if (ledger.get().containsKey(path) && !add(path, store, old)) {
        return false;
      }
    }
    for (String path : loaded.code().keySet()) {
      if (!add(path, store, old)) {
        return false;
      }
    }
    SortedMap<String, Optional<FileFacts>> next = new TreeMap<>();
    for (String path : gone) {
      ids.remove(path);
      builds.remove(path);
      if (ledger.get().remove(path) != null) {
        next.put(path, Optional.empty());
      }
    }
    loaded
        .code()
        .forEach(
            (path, facts) -> {
              next.put(path, Optional.of(facts));
              ledger.get().put(path, Ledger.row(path, FileDigest.of(facts)));
            });
    builds.putAll(loaded.builds());
    tree.files().stream().filter(this::isNew).forEach(f -> ids.put(f.path(), f.blobId()));
    Map<String, FileFacts> before = new HashMap<>();
    old.forEach((path, was) -> before.put(path, was.facts().orElse(FileFacts.NONE)));
    old.forEach(changed::putIfAbsent);
    program.change(next, before, new TreeMap<>(builds), bodies);
    return true;
  }

  /**
   * Adds what a file is now that is about to become another. By its content, or as somebody has
   * seen it: on disk there is the other one already.
   */
  private boolean add(String path, CodeFacts store, Map<String, Was> into) {
    Optional<BlobId> id = Optional.ofNullable(ids.get(path));
    Optional<FileFacts> facts = program.known(path).or(() -> id.flatMap(store::stored));
    into.put(path, new Was(id, facts));
    return facts.isPresent() || !program.isNowThere(path);
  }

  /** The name of the state of the tree that the store knows, if that serves. */
  Optional<String> earlierListing() {
    return earlier.map(EarlierState::listing);
  }

  /**
   * What answers may hang on and has become another since that state; empty if nobody can tell.
   *
   * @param judged what was said of that state
   * @param locks has the table of that state
   * @param store has bodies as they were
   */
  Optional<Since> since(JudgedFiles judged, SourceTree tree, LockMemory locks, FactStore store) {
    Optional<Map<String, Optional<FileFacts>>> before = earlier.flatMap(EarlierState::before);
    Optional<LockTable> table =
        judged.hangsOnLocks() ? earlierListing().flatMap(locks::table) : Optional.empty();
    if (before.isEmpty() || (judged.hangsOnLocks() && table.isEmpty())) {
      return Optional.empty();
    }
    Map<String, Optional<FileFacts>> facts = new HashMap<>();
    Map<String, Optional<BlobId>> ids = new HashMap<>();
    changed.forEach(
        (path, was) -> {
          facts.put(path, was.facts());
          ids.put(path, was.id());
        });
    facts.putAll(before.get());
    ids.putAll(earlier.orElseThrow().ids());
    Since since = program.since(facts, new EarlierBodies(ids, store), judged.footprints()::mayBeOn);
    Set<Integer> numbers = new HashSet<>(since.numbers());
    table.ifPresent(t -> numbers.addAll(program.touched(t)));
    if (!judged.builds().equals(JudgedMemory.builds(tree))) {
      numbers.add(Program.BUILDS);
    }
    return Optional.of(new Since(numbers, since.moves()));
  }

  private List<String> gone(SourceTree tree) {
    List<String> gone = new ArrayList<>();
    for (String path : ids.keySet()) {
      if (tree.file(path).isEmpty()) {
        gone.add(path);
      }
    }
    return gone;
  }
}
