// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No rule misses a candidate where it looks for files, over the whole corpus in one tree. */
class CandidatesTest {
  @TempDir Path scratch = Path.of("");

  @Test
  void everyCandidateStandsInOneOfTheFiles() throws Exception {
    for (Fixture fixture : Corpus.fixtures()) {
      fixture.writeTo(Files.createDirectories(scratch.resolve(fixture.name())));
    }
    List<Rule> rules = RuleSet.load().rules();
    try (Engine engine = new Engine(rules, FactStore.none(), 1)) {
      // Functions first, so that nothing is known from a table of the whole tree yet.
      SortedMap<String, SortedSet<FunctionRef>> candidates =
          engine.ask(
              WorkTree.open(scratch),
              program -> candidates(rules, program),
              Progress.NONE,
              () -> false);
      SortedMap<String, Collection<String>> files =
          engine.ask(
              WorkTree.open(scratch), program -> files(rules, program), Progress.NONE, () -> false);
      candidates.forEach(
          (rule, all) -> {
            assertFalse(all.isEmpty(), rule);
            all.forEach(
                f ->
                    assertTrue(
                        files.getOrDefault(rule, List.of()).contains(f.file()),
                        () -> rule + " misses " + f));
          });
    }
  }

  private static SortedMap<String, SortedSet<FunctionRef>> candidates(
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

  private static SortedMap<String, Collection<String>> files(List<Rule> rules, Program program) {
    SortedMap<String, Collection<String>> all = new TreeMap<>();
    rules.forEach(r -> all.put(r.info().id(), new TreeSet<>(r.files(program))));
    return all;
  }
}
