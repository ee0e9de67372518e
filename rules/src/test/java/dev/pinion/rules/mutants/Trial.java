// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import dev.pinion.analyzer.engine.CancelledException;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.rules.mutants.operator.Mutant;
import dev.pinion.rules.mutants.operator.Operator;
import dev.pinion.rules.mutants.operator.Operators;
import dev.pinion.rules.mutants.operator.Source;
import dev.pinion.rules.mutants.operator.Texts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Breaks one site after the other in memory, and asks what the rules say. */
final class Trial {
  private final SourceTree disk;
  private final Engine engine;
  private final Texts texts;
  private final BooleanSupplier isOver;

  /** The files in which anybody takes or puts symbols: one may answer for what another does. */
  private final List<String> symbolFiles;

  /**
   * @param isOver asked before each mutant; what is left then is left out
   */
  Trial(SourceTree disk, Engine engine, Collection<String> symbolFiles, BooleanSupplier isOver) {
    this.isOver = isOver;
    this.disk = disk;
    this.engine = engine;
    this.texts = new Texts(disk);
    this.symbolFiles = List.copyOf(symbolFiles);
  }

  /**
   * Judges all mutants. Those of one family follow each other: what rules of the other have asked
   * would be brought up to date for nothing.
   */
  List<Outcome> run(List<Mutant> mutants, Consumer<Outcome> listener)
      throws SourceException, CancelledException {
    List<Outcome> outcomes = new ArrayList<>();
    for (List<Operator> family : Operators.FAMILIES.values()) {
      List<Mutant> some = mutants.stream().filter(m -> family.contains(operator(m))).toList();
      if (!some.isEmpty()) {
        outcomes.addAll(runFamily(some, listener));
      }
    }
    return outcomes;
  }

  private List<Outcome> runFamily(List<Mutant> mutants, Consumer<Outcome> listener)
      throws SourceException, CancelledException {
    TreeSet<String> files = new TreeSet<>();
    TreeSet<String> rules = new TreeSet<>();
    for (Mutant mutant : mutants) {
      files.addAll(extent(mutant));
      rules.addAll(operator(mutant).rules());
    }
    Judge judge = new Judge(scan(disk, new ScanRequest(List.copyOf(files), List.copyOf(rules))));
    List<Outcome> outcomes = new ArrayList<>();
    for (Mutant mutant : mutants) {
      if (isOver.getAsBoolean()) {
        break;
      }
      Outcome outcome = judge(mutant, judge);
      outcomes.add(outcome);
      listener.accept(outcome);
    }
    return outcomes;
  }

  private Outcome judge(Mutant mutant, Judge judge) throws SourceException, CancelledException {
    Source source = texts.of(mutant.file());
    SourceTree broken =
        Overlay.of(disk, Map.of(mutant.file(), Optional.of(source.with(mutant.edits()))));
    ScanRequest request = new ScanRequest(extent(mutant), operator(mutant).rules());
    return judge.judge(mutant, scan(broken, request), mutant.lines(source));
  }

  /** Where findings of it may stand: with whoever shares the reference, or in files it names. */
  private List<String> extent(Mutant mutant) {
    if (Operators.SYMBOL.contains(operator(mutant))) {
      return symbolFiles;
    }
    TreeSet<String> files = new TreeSet<>(mutant.others());
    files.add(mutant.file());
    return List.copyOf(files);
  }

  private static Operator operator(Mutant mutant) {
    return Operators.named(mutant.operator());
  }

  private ScanResult scan(SourceTree tree, ScanRequest request)
      throws SourceException, CancelledException {
    return engine.scan(tree, request, Progress.NONE, () -> false);
  }
}
