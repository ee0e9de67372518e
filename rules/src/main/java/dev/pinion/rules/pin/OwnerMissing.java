// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A table of operations that names no module, where the core pins the one it names. */
@AutoService(Rule.class)
public final class OwnerMissing implements Rule {
  private static final String PINNED_BY_HAND = "pinned-by-hand";
  private static final String PINNED_BESIDE = "pinned-beside";

  private static final RuleInfo INFO =
      new RuleInfo(
          "pin-owner-missing",
          Tier.WARNING,
          "a table names no module where the core pins the one it names",
          List.of(PINNED_BY_HAND, PINNED_BESIDE));

  /** So many others must name their module, and half of them. */
  private static final int MIN_NAMED = 3;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    OwnerTables tables = OwnerTables.of(program);
    TreeSet<String> files = new TreeSet<>();
    for (FieldRef field : tables.pins().keySet()) {
      tables.tables(field).stream()
          .filter(t -> !OwnerTables.names(t, field))
          .forEach(t -> files.add(t.file()));
    }
    return files;
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return OwnerTables.of(program).nameless(function.file()).values().stream()
        .flatMap(List::stream)
        .anyMatch(t -> first(t, program).filter(function::equals).isPresent());
  }

  /** The function by which a table is found: the first of those that stand in it. */
  private static Optional<FunctionRef> first(OwnerTables.Table table, Program program) {
    return table.global().entries().stream()
        .flatMap(e -> program.resolve(e.symbol(), table.file()).stream())
        .filter(f -> f.file().equals(table.file()))
        .findFirst();
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    OwnerTables tables = OwnerTables.of(program);
    tables
        .nameless(function.file())
        .forEach(
            (field, all) ->
                all.stream()
                    .filter(t -> first(t, program).filter(function::equals).isPresent())
                    .filter(t -> isHandedOver(t, program))
                    .forEach(t -> report(function, t, field, program, report)));
  }

  private static boolean isHandedOver(OwnerTables.Table table, Program program) {
    FileFacts.GlobalFacts global = table.global();
    return OpsTables.of(program).isHandedOver(global.name(), table.file());
  }

  private static Optional<Excuse> excuse(OwnerTables.Table table, Program program) {
    return new HandPin(program)
        .of(table)
        .map(l -> new Excuse(PINNED_BY_HAND, "the module pins itself while its table is in use", l))
        .or(
            () ->
                new PinnedBeside(program)
                    .of(table)
                    .map(l -> new Excuse(PINNED_BESIDE, "what has the table names its module", l)));
  }

  private static void report(
      FunctionRef function,
      OwnerTables.Table table,
      FieldRef field,
      Program program,
      Report report) {
    OwnerTables tables = OwnerTables.of(program);
    List<OwnerTables.Table> loadable =
        tables.tables(field).stream()
            .filter(t -> ModuleMap.of(program).kindOf(t.file()) == ModuleMap.Kind.LOADABLE)
            .toList();
    List<OwnerTables.Table> named =
        loadable.stream().filter(t -> OwnerTables.names(t, field)).toList();
    OwnerTables.Pin pin = tables.pins().get(field);
    if (pin == null) {
      return;
    }
    Optional<Excuse> excuse = excuse(table, program);
    if (excuse.isPresent()) {
      report.excused(excuse.get().of(INFO, table.location(), function.name()));
      return;
    }
    boolean isUsual = named.size() >= MIN_NAMED && 2 * named.size() >= loadable.size();
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            pin.location(),
            program.facts(pin.function()).name()
                + "() pins the module that '"
                + field.field()
                + "' names, and no code fills it in: for NULL it pins nothing"));
    named.stream()
        .findFirst()
        .ifPresent(
            t ->
                story.add(
                    new Related(
                        t.location(),
                        "this one names its module, as do "
                            + named.size()
                            + " of "
                            + loadable.size())));
    if (!isUsual) {
      story.add(
          new Related(
              table.location(),
              "latent only: few others name their module, and somebody may do it for all"));
    }
    report.finding(
        new Finding(
            INFO.id(),
            isUsual ? INFO.tier() : Tier.LATENT,
            table.location(),
            function.name(),
            "'"
                + table.global().name()
                + "' does not set '"
                + field
                + "': its module may go away while the core calls through it",
            story));
  }
}
