// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks about one function is told what who asks about the tree is, over the whole corpus. */
class CandidatesTest {
  /** Of which {@link Rule#isCandidate} is exact. */
  private static final String EXACT = "symbol-.*|pin-missing-module";

  @TempDir Path scratch = Path.of("");

  @Test
  void oneFunctionIsACandidateAsInTheWholeTree() throws Exception {
    for (Fixture fixture : Corpus.fixtures()) {
      fixture.writeTo(Files.createDirectories(scratch.resolve(fixture.name())));
    }
    List<Rule> rules = RuleSet.load().rules();
    try (Engine engine = new Engine(rules, FactStore.none(), 1)) {
      // Asked one by one first, so that nothing is known from a table yet.
      SortedMap<String, SortedSet<FunctionRef>> one =
          engine.ask(
              WorkTree.open(scratch),
              program -> single(rules, program),
              Progress.NONE,
              () -> false);
      SortedMap<String, SortedSet<FunctionRef>> all =
          engine.ask(
              WorkTree.open(scratch), program -> whole(rules, program), Progress.NONE, () -> false);
      all.forEach(
          (rule, candidates) -> {
            SortedSet<FunctionRef> alone = Objects.requireNonNull(one.get(rule), rule);
            assertTrue(alone.containsAll(candidates), rule);
            if (rule.matches(EXACT)) {
              assertEquals(candidates, alone, rule);
              assertTrue(candidates.size() > 10, rule + ": " + candidates.size());
            }
          });
    }
  }

  private static SortedMap<String, SortedSet<FunctionRef>> single(
      List<Rule> rules, Program program) {
    SortedMap<String, SortedSet<FunctionRef>> all = new TreeMap<>();
    for (Rule rule : rules) {
      SortedSet<FunctionRef> of = new TreeSet<>();
      for (String path : program.paths()) {
        program.functionsIn(path).stream()
            .filter(f -> rule.isCandidate(f, program))
            .forEach(f -> of.add(f));
      }
      all.put(rule.info().id(), of);
    }
    return all;
  }

  private static SortedMap<String, SortedSet<FunctionRef>> whole(
      List<Rule> rules, Program program) {
    SortedMap<String, SortedSet<FunctionRef>> all = new TreeMap<>();
    rules.forEach(r -> all.put(r.info().id(), new TreeSet<>(r.candidates(program))));
    return all;
  }
}
