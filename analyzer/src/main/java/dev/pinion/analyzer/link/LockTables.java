// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.query.Queries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lock table of a program as it is now. It hangs on nearly every file, and nearly no change of
 * a file changes it: so it is not an answer that is made again, but brought up to date by what has
 * changed, and an input to those who read it.
 */
final class LockTables {
  private final Program program;
  private final Queries queries;
  private LockKnowledge knowledge;

  /** What has changed before anybody asked, by path: the facts as they were at first. */
  private final Map<String, FileFacts> before = new HashMap<>();

  private volatile @Nullable LockTable table;

  LockTables(Program program, Queries queries, LockKnowledge knowledge) {
    this.program = program;
    this.queries = queries;
    this.knowledge = knowledge;
  }

  /** What a call of the function leaves behind. */
  List<LockEffect> of(FunctionRef function) {
    if (queries.takesNotes()) {
      queries.read(LockTable.number(function));
    }
    return table().of(function);
  }

  /** Whether functions, macros or guards of that name may leave something behind. */
  boolean hasName(String name) {
    if (queries.takesNotes()) {
      queries.read(LockTable.number(name));
    }
    return table().names().contains(name);
  }

  /** The table. What is being computed does not hang on it: whoever asks sees to that. */
  LockTable table() {
    LockTable known = table;
    return known != null ? known : find();
  }

  /** The table, if anybody has asked for it. */
  Optional<LockTable> known() {
    return Optional.ofNullable(table);
  }

  private synchronized LockTable find() {
    LockTable known = table;
    if (known == null) {
      known = queries.apart(this::compute);
      table = known;
      before.clear();
      knowledge = LockKnowledge.NONE;
    }
    return known;
  }

  private LockTable compute() {
    Optional<LockKnowledge.Earlier> earlier = knowledge.earlier();
    if (earlier.isEmpty()) {
      return LockRounds.of(program);
    }
    Map<String, FileFacts> old = new HashMap<>(before);
    old.putAll(earlier.get().before());
    return LockRounds.after(earlier.get().table(), changes(old), program);
  }

  private List<FileChange> changes(Map<String, FileFacts> old) {
    List<FileChange> changes = new ArrayList<>(old.size());
    old.forEach((path, facts) -> changes.add(new FileChange(path, facts, program.file(path))));
    return changes;
  }

  /**
   * Brings the table up to date.
   *
   * @param old the facts of all files that have changed, as they were; none for a new one
   * @return the numbers of what of it is another now
   */
  Set<Integer> change(Map<String, FileFacts> old) {
    LockTable known = table;
    if (known == null) {
      old.forEach(before::putIfAbsent);
      return Set.of();
    }
    table = null; // Whatever happens on the way, what is half done is not used.
    LockTable next = queries.apart(() -> LockRounds.after(known, changes(old), program));
    table = next;
    return known.touched(next);
  }
}
