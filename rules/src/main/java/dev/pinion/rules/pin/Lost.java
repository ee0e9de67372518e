// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.LineChanges;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.CallGraph;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolTaking;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.rule.Clue;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.PatchRule;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A series takes the last {@code symbol_get()} of a module away, and its functions are still called
 * through pointers. The get pinned the module; that was never its visible purpose.
 */
@AutoService(PatchRule.class)
public final class Lost implements PatchRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "pin-lost",
          Tier.WARNING,
          "the only pin of a module goes, while its functions are still called",
          List.of("pinned-otherwise", "built-in"));

  private static final String AT = "at";

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<String> listensTo() {
    return List.of(MissingModule.INFO.id());
  }

  @Override
  public boolean concerns(LineChanges changes, KernelModel model) {
    Set<String> names = new TreeSet<>();
    for (Api api : model.family("object")) {
      if (api.operation().equals("symbol-get")) {
        names.add(api.name());
      }
    }
    // A tree's own macros around them are named alike, or stand in a removed line's neighbourhood.
    return changes.all().stream()
        .flatMap(place -> place.removed().stream())
        .anyMatch(line -> names.stream().anyMatch(line::contains));
  }

  @Override
  public List<Clue> before(Program program, LineChanges changes) {
    List<Clue> clues = new ArrayList<>();
    for (FunctionRef taker : SymbolTaking.takers(program)) {
      if (changes.in(taker.file()).isEmpty()) {
        continue;
      }
      for (SymbolTaking taking : SymbolTaking.in(taker, program)) {
        Location at = taking.location();
        if (taking.symbol().isPresent() && changes.removes(at.file(), at.line())) {
          int now =
              changes.in(at.file()).stream()
                  .filter(place -> place.removes(at.line()))
                  .mapToInt(place -> Math.max(1, place.start()))
                  .findFirst()
                  .orElse(1);
          clues.add(
              new Clue(taking.symbol().get(), at, taker.name(), Map.of(AT, Integer.toString(now))));
        }
      }
    }
    return clues;
  }

  @Override
  public List<Clue> after(Program program, LineChanges changes, List<Clue> known) {
    return List.of();
  }

  @Override
  public void check(Program program, List<Clue> clues, Elsewhere elsewhere, Report report) {
    Set<String> told = new TreeSet<>();
    for (Clue clue : clues) {
      for (FunctionRef provider : providers(program, clue.subject())) {
        if (isAtRisk(program, clue, provider, elsewhere)) {
          calls(program, clue, provider).stream()
              .filter(f -> told.add(f.location() + f.message()))
              .forEach(report::finding);
        }
      }
    }
  }

  /** The function that was taken; who loses its last taker may lose its export with it. */
  private static List<FunctionRef> providers(Program program, String symbol) {
    return program.functions(symbol).stream()
        .filter(f -> program.facts(f).linkage() == Function.Linkage.GLOBAL)
        .toList();
  }

  private static boolean isAtRisk(
      Program program, Clue clue, FunctionRef provider, Elsewhere elsewhere) {
    ModuleMap modules = ModuleMap.of(program);
    String consumer = clue.location().file();
    return modules.kindOf(provider.file()) != ModuleMap.Kind.BUILT_IN
        && !modules.sameModule(provider.file(), consumer)
        && !isStillTaken(program, provider, consumer)
        && !isPinned(program, consumer, elsewhere);
  }

  /** Another symbol of the provider's module that the consumer's still takes. */
  private static boolean isStillTaken(Program program, FunctionRef provider, String consumer) {
    ModuleMap modules = ModuleMap.of(program);
    for (FunctionRef taker : SymbolTaking.takers(program)) {
      if (!modules.sameModule(taker.file(), consumer)) {
        continue;
      }
      for (SymbolTaking taking : SymbolTaking.in(taker, program)) {
        if (taking.symbol().isEmpty()
            || providers(program, taking.symbol().get()).stream()
                .anyMatch(other -> modules.sameModule(other.file(), provider.file()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** A pin of another kind: the rule about kept callbacks has proved one in the same module. */
  private static boolean isPinned(Program program, String consumer, Elsewhere elsewhere) {
    return elsewhere.excused().stream()
        .filter(x -> x.rule().equals(MissingModule.INFO.id()))
        .anyMatch(x -> ModuleMap.of(program).sameModule(x.location().file(), consumer));
  }

  /** The calls through pointers, in the consumer's module, that may still enter the provider. */
  private static List<Finding> calls(Program program, Clue clue, FunctionRef provider) {
    List<Finding> findings = new ArrayList<>();
    for (CallGraph.Way way : CallGraph.of(program).into(provider)) {
      Optional<FunctionRef> caller = way.caller();
      boolean through = way.path().isPresent();
      if (!through
          || caller.isEmpty()
          || !ModuleMap.of(program).sameModule(caller.get().file(), clue.location().file())) {
        continue;
      }
      Contexts.Body body = Contexts.of(program).body(caller.get());
      for (Instruction.Call call : Calls.of(body.function())) {
        if (CallSites.isBy(way, provider, body, call)) {
          findings.add(finding(program, clue, provider, caller.get(), call));
        }
      }
    }
    return findings;
  }

  private static Finding finding(
      Program program, Clue clue, FunctionRef provider, FunctionRef caller, Instruction.Call call) {
    Location hunk = new Location(clue.location().file(), Integer.parseInt(clue.detail(AT)), 1);
    return new Finding(
        INFO.id(),
        Tier.WARNING,
        Location.of(caller.file(), call.position()),
        caller.name(),
        "%s() is still called through a pointer, but nothing pins its module since the symbol_get() of it is gone"
            .formatted(provider.name()),
        List.of(
            new Related(
                Location.of(provider.file(), program.facts(provider).position()),
                provider.name() + "() is in a module of its own"),
            new Related(hunk, clue.function() + "() took it here, and so pinned the module")));
  }
}
