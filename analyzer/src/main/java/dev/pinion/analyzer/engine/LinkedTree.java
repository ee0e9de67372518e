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

  /** What the tree is made of, sorted by path; nothing, if it will not become another. */
  private List<SourceFile> files = List.of();

  /** What the files of the build say. */
  private Supplier<SortedMap<String, KbuildFacts>> builds;

  private final Supplier<SortedMap<String, Ledger.FileRow>> ledger;

  /** The name of the tree that this was at first, if the store has its index. */
  private final Optional<String> indexed;

  /** The state of the tree that the store knows. */
  private final Optional<EarlierState> earlier;

  /** What has become another since this was linked. */
  private final Mark changed = new Mark();

  /** Later states that somebody wants to compare with. */
  private final List<Mark> marks = new ArrayList<>();

  /**
   * A file as it was.
   *
   * @param id empty if there was none, or another than was listed
   * @param facts empty if there was none
   */
  private record Was(Optional<BlobId> id, Optional<FileFacts> facts) {}

  /** A state that this was in. */
  static final class Mark {
    /** The files that have become others since, as they were. */
    private final Map<String, Was> files = new HashMap<>();

    private boolean isOtherBuild;

    private void add(Map<String, Was> others, boolean isBuild) {
      others.forEach(files::putIfAbsent);
      isOtherBuild |= isBuild;
    }

    private Map<String, Optional<FileFacts>> facts() {
      Map<String, Optional<FileFacts>> all = new HashMap<>();
      files.forEach((path, was) -> all.put(path, was.facts()));
      return all;
    }

    private Map<String, Optional<BlobId>> ids() {
      Map<String, Optional<BlobId>> all = new HashMap<>();
      files.forEach((path, was) -> all.put(path, was.id()));
      return all;
    }
  }

  private LinkedTree(SourceTree tree, String listing, Loader.Loaded loaded, Program program) {
    this.indexed = Optional.of(listing).filter(l -> loaded.isIndexed());
    this.earlier = loaded.earlier();
    this.program = program;
    this.rows = rows(tree);
    this.ledger = loaded.ledger();
    this.builds = loaded.builds();
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
      linked.files = tree.files();
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

  /** The part of the ledger that a request covers. */
  Ledger ledger(SourceTree tree, ScanRequest request) {
    if (request.paths().isEmpty()) {
      return ledger(tree);
    }
    SortedMap<String, Ledger.FileRow> rows = new TreeMap<>();
    for (String path : request.paths()) {
      Optional.ofNullable(ledger.get().get(path)).ifPresent(row -> rows.put(path, row));
      rows.putAll(ledger.get().subMap(path + "/", path + (char) ('/' + 1)));
    }
    return Ledger.of(List.copyOf(rows.values()), tree);
  }

  /** Whether the store has the index of the tree with that listing. */
  boolean isIndexed(String listing) {
    return indexed.equals(Optional.of(listing));
  }

  /** Takes these files for new the next time: they were not what was listed. */
  void distrust(Set<String> paths) {
    files = files.stream().filter(f -> !paths.contains(f.path())).toList();
  }

  /** Whether this can become that tree. */
  boolean canBecome(SourceTree tree) {
    return rows.equals(rows(tree));
  }

  /** In which files that tree is another. */
  TreeDelta delta(SourceTree tree) {
    return TreeDelta.between(files, tree.files());
  }

  /**
   * Makes this the program of another tree. Nobody may ask it anything meanwhile.
   *
   * @param delta in which files that is another
   * @param loaded the facts of the files that are new or others
   * @param store has the facts of files as they were
   * @return whether that was done; it is not if nobody knows what a file was
   */
  boolean become(
      SourceTree tree, TreeDelta delta, Loader.Changed loaded, IrSource bodies, CodeFacts store) {
    List<String> gone = delta.gone();
    Map<String, BlobId> ids = new HashMap<>();
    delta.before().forEach(f -> ids.put(f.path(), f.blobId()));
    Map<String, Was> old = new HashMap<>();
    for (String path : gone) {
      if (ledger.get().containsKey(path) && !add(path, ids, store, old)) {
        return false;
      }
    }
    for (String path : loaded.code().keySet()) {
      if (!add(path, ids, store, old)) {
        return false;
      }
    }
    SortedMap<String, Optional<FileFacts>> next = new TreeMap<>();
    for (String path : gone) {
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
    files = tree.files();
    Map<String, FileFacts> before = new HashMap<>();
    old.forEach((path, was) -> before.put(path, was.facts().orElse(FileFacts.NONE)));
    Optional<SortedMap<String, KbuildFacts>> build = builds(delta, loaded);
    build.ifPresent(b -> builds = () -> b);
    changed.add(old, build.isPresent());
    marks.forEach(mark -> mark.add(old, build.isPresent()));
    program.change(next, before, build, bodies);
    return true;
  }

  /** What the files of the build say, if one of them is another. */
  private Optional<SortedMap<String, KbuildFacts>> builds(TreeDelta delta, Loader.Changed loaded) {
    if (loaded.builds().isEmpty() && delta.before().stream().noneMatch(Loader::isOfBuild)) {
      return Optional.empty();
    }
    SortedMap<String, KbuildFacts> all = new TreeMap<>(builds.get());
    delta.before().forEach(f -> all.remove(f.path()));
    all.putAll(loaded.builds());
    return Optional.of(all);
  }

  /**
   * Adds what a file is now that is about to become another. By its content, or as somebody has
   * seen it: on disk there is the other one already.
   */
  private boolean add(
      String path, Map<String, BlobId> ids, CodeFacts store, Map<String, Was> into) {
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
    Map<String, Optional<FileFacts>> facts = changed.facts();
    Map<String, Optional<BlobId>> ids = changed.ids();
    facts.putAll(before.get());
    ids.putAll(earlier.orElseThrow().ids());
    Since since =
        program.reuse().since(facts, new EarlierBodies(ids, store), judged.footprints()::mayBeOn);
    Set<Integer> numbers = new HashSet<>(since.numbers());
    table.ifPresent(t -> numbers.addAll(program.reuse().touched(t)));
    if (!judged.builds().equals(JudgedMemory.builds(tree))) {
      numbers.add(Program.BUILDS);
    }
    return Optional.of(new Since(numbers, since.moves()));
  }

  /** The state that this is in now, to compare with later. */
  Mark mark() {
    Mark mark = new Mark();
    marks.add(mark);
    return mark;
  }

  /** Forgets a state. */
  void forget(Mark mark) {
    marks.remove(mark);
  }

  /**
   * What answers may hang on and has become another since a state.
   *
   * @param judged what was said of that state
   * @param locks the table of that state, if that hangs on it
   * @param store has bodies as they were
   */
  Since since(Mark mark, JudgedFiles judged, Optional<LockTable> locks, FactStore store) {
    Since since =
        program
            .reuse()
            .since(
                mark.facts(), new EarlierBodies(mark.ids(), store), judged.footprints()::mayBeOn);
    Set<Integer> numbers = new HashSet<>(since.numbers());
    locks.ifPresent(t -> numbers.addAll(program.reuse().touched(t)));
    if (mark.isOtherBuild) {
      numbers.add(Program.BUILDS);
    }
    return new Since(numbers, since.moves());
  }
}
