// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import dev.pinion.rules.mutants.operator.Mutant;
import dev.pinion.rules.mutants.operator.Operator;
import dev.pinion.rules.mutants.operator.Operators;
import dev.pinion.rules.mutants.operator.Source;
import dev.pinion.rules.mutants.operator.Texts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A tree of few files of which all mutants are made and judged. */
final class Miniature {
  private final SourceTree disk;
  private final List<String> files;

  private Miniature(SourceTree disk, List<String> files) {
    this.disk = disk;
    this.files = List.copyOf(files);
  }

  /** Writes the files into a folder. */
  static Miniature in(Path folder, Map<String, String> texts) throws Exception {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Files.writeString(folder.resolve(text.getKey()), text.getValue());
    }
    return new Miniature(WorkTree.open(folder), texts.keySet().stream().sorted().toList());
  }

  /** All mutants. */
  List<Mutant> mutants() throws Exception {
    try (Engine engine = new Engine(RuleSet.load().rules(), FactStore.none(), 1)) {
      return engine.ask(
          disk,
          program -> new Sampling(program, new Texts(disk), Options.of("tree", "store")).mutants(),
          Progress.NONE,
          () -> false);
    }
  }

  /** What becomes of some of them. */
  List<Outcome> outcomes(List<Mutant> mutants) throws Exception {
    try (Engine engine =
        new Engine(RuleSet.load().rules(), FactStore.none(), 1, Engine.Trees.MANY)) {
      return new Trial(disk, engine, files, () -> false).run(mutants, o -> {});
    }
  }

  /**
   * What becomes of all mutants of some families of operators, a line for each: the operator, the
   * function, how it ends, and the reason as far as it is general.
   */
  String judged(String... families) throws Exception {
    Set<String> operators =
        Set.of(families).stream()
            .flatMap(f -> Operators.FAMILIES.getOrDefault(f, List.of()).stream())
            .map(Operator::id)
            .collect(Collectors.toSet());
    List<Mutant> wanted = mutants().stream().filter(m -> operators.contains(m.operator())).toList();
    List<String> lines = new ArrayList<>();
    for (Outcome outcome : outcomes(wanted)) {
      lines.add(
          String.join(
              " ",
              outcome.mutant().operator(),
              outcome.mutant().function().name(),
              outcome.kind().name(),
              outcome.reason().replaceFirst("(?<=\\(latent\\)):.*", "")));
    }
    return lines.stream().map(l -> l + "\n").collect(Collectors.joining());
  }

  /** Fails if a mutant cannot be read, moves lines, or is no other text. */
  void checkThatAllParse() throws Exception {
    Texts texts = new Texts(disk);
    List<Coverage.Entry> before = problems(disk);
    List<Mutant> mutants = mutants();
    assertFalse(mutants.isEmpty());
    for (Mutant mutant : mutants) {
      Source source = texts.of(mutant.file());
      byte[] broken = source.with(mutant.edits());
      assertEquals(
          before,
          problems(Overlay.of(disk, Map.of(mutant.file(), Optional.of(broken)))),
          mutant.what());
      String text = new String(broken, StandardCharsets.UTF_8);
      assertEquals(source.text().lines().count(), text.lines().count(), mutant.what());
      assertNotEquals(source.text(), text, mutant.what());
    }
  }

  private static List<Coverage.Entry> problems(SourceTree tree) throws Exception {
    try (Engine engine = new Engine(List.of(), FactStore.none(), 1)) {
      return engine.coverage(tree, ScanRequest.EVERYTHING, Progress.NONE, () -> false).problems();
    }
  }
}
