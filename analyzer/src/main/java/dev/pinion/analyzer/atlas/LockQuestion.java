// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.LockAnswer.Sight;
import dev.pinion.analyzer.atlas.LockAnswer.Taker;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Takings;
import dev.pinion.analyzer.link.TypedLock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds who takes a lock, from facts alone: in the files that can name its struct. */
final class LockQuestion {
  /** A header with more includers belongs to everybody; to read them all takes seconds. */
  private static final int MAX_FILES = 300;

  private final Program program;

  LockQuestion(Program program) {
    this.program = program;
  }

  LockAnswer ask(Names.KnownField known) {
    String home = known.struct().file();
    SortedSet<String> files = filesThatMayKnow(home);
    Sight sight = home.endsWith(".c") ? Sight.ITS_FILE : Sight.INCLUDERS;
    List<Taker> takers = new ArrayList<>();
    if (files.size() > MAX_FILES) {
      sight = Sight.TOO_MANY;
    } else {
      files.forEach(file -> addTakers(file, known, takers));
    }
    takers.sort(Comparator.comparing(Taker::place));
    return new LockAnswer(
        known.field().owner(),
        known.field().field(),
        known.type().toString(),
        known.struct(),
        takers,
        sight);
  }

  /** The file and whoever includes it, over other headers as well; one too many is the last. */
  private SortedSet<String> filesThatMayKnow(String home) {
    SortedSet<String> files = new TreeSet<>(Set.of(home));
    Deque<String> open = new ArrayDeque<>(files);
    while (!open.isEmpty() && files.size() <= MAX_FILES) {
      String header = open.remove();
      if (!header.endsWith(".c")) {
        for (String file : program.files(Term.INCLUDE, FileTerms.lastPart(header))) {
          if (files.add(file)) {
            open.add(file);
          }
        }
      }
    }
    return files;
  }

  private void addTakers(String file, Names.KnownField known, List<Taker> into) {
    String identity = known.field().toString();
    for (FunctionRef function : program.functionsIn(file)) {
      TypedLock lock = Takings.of(program).in(function).get(identity);
      if (lock != null && isOf(known, file)) {
        Location where = lock.where();
        into.add(new Taker(new Place(where, function.name()), lock.mode()));
      }
    }
  }

  /** A lock's identity has no file; of several structs of one tag, a file means the nearest. */
  private boolean isOf(Names.KnownField known, String file) {
    return program
        .types()
        .memberOf(known.field().tag(), file, known.field().field())
        .flatMap(place -> place.field())
        .filter(known.field()::equals)
        .isPresent();
  }
}
