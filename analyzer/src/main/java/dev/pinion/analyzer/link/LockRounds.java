// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds functions that leave a lock held, or give one back, for their callers: from the primitives
 * upwards, in rounds, each of which looks again at those who call what the last one has found. When
 * nothing is new any more, each body does what is said of it if its callees do: by induction over
 * the depth of calls, in rings as well.
 *
 * <p>The same rounds bring a table of an earlier state of the tree up to date: there each looks
 * again at the functions of changed files, and at those who call what the table says another thing
 * of in that round.
 */
final class LockRounds {
  private final Program program;
  private final LockTexts texts;
  private final List<LockRound> rounds = new ArrayList<>();

  /** The names that the earlier table has, and others. */
  private Set<String> known = Set.of();

  private final Set<String> names = new HashSet<>();

  private LockRounds(Program program) {
    this.program = program;
    this.texts = new LockTexts(program);
  }

  /** The table of a program. Looks at the facts of nearly all files. */
  static LockTable of(Program program) {
    return new LockRounds(program).run();
  }

  /**
   * The table of a program, from that of an earlier state of it.
   *
   * @param changes files that are others now, by path
   */
  static LockTable after(LockTable earlier, Collection<FileChange> changes, Program program) {
    return new LockRounds(program).run(earlier, changes);
  }

  private LockTable run() {
    LockRound first = LockRound.empty();
    program.files(Term.Trait.LOCKS).forEach(path -> addDirect(path, first));
    SortedSet<String> primitives = new TreeSet<>();
    for (Api api : program.model().family("lock")) {
      if (!LockMacros.primitive(program.model(), api.name()).isEmpty()) {
        primitives.add(api.name());
      }
    }
    rounds.add(first);
    Set<String> news = LockTable.different(LockRound.empty(), first);
    news.addAll(withMacros(primitives));
    news.removeAll(primitives);
    while (rounds.size() <= LockTable.MAX_ROUNDS && !news.isEmpty()) {
      LockRound last = rounds.get(rounds.size() - 1);
      LockRound next = last.copy();
      lookAgain(callers(news), next);
      news = LockTable.different(last, next);
      rounds.add(next);
    }
    return table();
  }

  private LockTable run(LockTable earlier, Collection<FileChange> changes) {
    known = earlier.names();
    Set<String> renamed = new TreeSet<>();
    List<FunctionRef> touched = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (FileChange change : changes) {
      paths.add(change.path());
      renamed.addAll(change.redefined());
      renamed.addAll(LockTexts.guards(change, program.model()));
      touched.addAll(program.functionsIn(change.path()));
    }
    renamed.removeIf(name -> LockMacros.isPrimitive(program.model(), name));
    for (String name : renamed) {
      if (mayBeWrapper(name)) {
        names.addAll(withMacros(Set.of(name)));
      }
    }
    LockRound first = earlier.round(0).without(paths);
    paths.stream().filter(program::has).forEach(path -> addDirect(path, first));
    rounds.add(first);
    boolean settled = false;
    for (int round = 1; round <= LockTable.MAX_ROUNDS && !settled; round++) {
      LockRound last = rounds.get(round - 1);
      LockRound next = earlier.round(round).without(paths);
      Set<FunctionRef> again = callers(LockTable.different(earlier.round(round - 1), last));
      again.addAll(touched);
      withMacros(renamed).forEach(name -> again.addAll(program.functionsCalling(name)));
      lookAgain(again, next);
      settled = round >= earlier.rounds().size() - 1 && next.equals(last);
      rounds.add(next);
    }
    return table();
  }

  /** Once nothing is new any more, one round says so; an update may have gone on for longer. */
  private LockTable table() {
    int last = rounds.size() - 1;
    while (last > 0
        && rounds.get(last).equals(rounds.get(last - 1))
        && (last == 1 ? rounds.get(0).isEmpty() : isSettled(last - 1))) {
      rounds.remove(last--);
    }
    return new LockTable(rounds, names());
  }

  /** All names; the earlier table's own set, if there are no others. */
  private Set<String> names() {
    if (known.containsAll(names)) {
      return known;
    }
    Set<String> all = new HashSet<>(known);
    all.addAll(names);
    return all;
  }

  private boolean isName(String name) {
    return known.contains(name) || names.contains(name);
  }

  private boolean isSettled(int round) {
    return rounds.get(round).equals(rounds.get(round - 1));
  }

  /** Whether a definition of that name, as it is now, is worth a look: a guard, or a macro. */
  private boolean mayBeWrapper(String name) {
    return texts.guard(name).isPresent()
        || program.macros(name, "").stream()
            .flatMap(m -> MacroText.of(m.body()).calls().stream())
            .anyMatch(c -> isName(c.name()) || LockMacros.isPrimitive(program.model(), c.name()));
  }

  /** What the functions of a file leave behind by their own facts. */
  private void addDirect(String path, LockRound into) {
    for (FunctionRef function : program.functionsIn(path)) {
      List<LockEffect> effects = program.facts(function).locks().effects();
      if (!effects.isEmpty() && !LockMacros.isPrimitive(program.model(), function.name())) {
        into.put(function, effects);
      }
    }
  }

  /** Who calls one of these, also by macros; all those names may leave something behind now. */
  private Set<FunctionRef> callers(Set<String> called) {
    Set<String> all = withMacros(called);
    names.addAll(all);
    Set<FunctionRef> callers = new HashSet<>();
    all.forEach(name -> callers.addAll(program.functionsCalling(name)));
    return callers;
  }

  /** These, and the macros and guards that call them, directly or by others. */
  private Set<String> withMacros(Set<String> called) {
    Set<String> all = new HashSet<>(called);
    Set<String> level = called;
    for (int i = 0; i < LockCalls.MAX_MACROS && !level.isEmpty(); i++) {
      SortedSet<String> callers = texts.macrosCalling(level);
      callers.removeIf(name -> LockMacros.isPrimitive(program.model(), name) || !all.add(name));
      level = callers;
    }
    return all;
  }

  /** Looks at bodies again, by what the last round knows. */
  private void lookAgain(Collection<FunctionRef> functions, LockRound into) {
    LockRound last = rounds.get(rounds.size() - 1);
    LockBodies bodies =
        new LockBodies(program, new LockCalls(program, texts, this::isName, last::of));
    for (FunctionRef function : functions) {
      into.put(function, bodies.effects(function));
    }
  }
}
