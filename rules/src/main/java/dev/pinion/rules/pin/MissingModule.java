// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.link.CallbackSlots;
import dev.pinion.analyzer.link.CallbackSlots.Handover;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Callbacks of another module are kept and called later, and nothing keeps that module loaded. */
@AutoService(Rule.class)
public final class MissingModule implements Rule {
  static final RuleInfo INFO =
      new RuleInfo(
          "pin-missing-module",
          Tier.WARNING,
          "callbacks of another module are kept without a module reference",
          List.of(
              "module-pinned",
              "built-in",
              "unregistered-on-exit",
              "bound-to-device",
              "holder-owned-by-provider",
              "kept-for-the-call"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    return program.files(Term.Trait.STORES);
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return !CallbackSlots.of(program).slotsOf(function).isEmpty();
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    for (Slot slot : CallbackSlots.of(program).slotsOf(function)) {
      List<Handover> foreign =
          CallbackSlots.of(program).providers(slot).stream()
              .filter(p -> !isSame(program, p.file(), function.file()))
              .toList();
      if (!foreign.isEmpty()) {
        judge(program, slot, foreign, report);
      }
    }
  }

  private static boolean isSame(Program program, String provider, String keeper) {
    return provider.endsWith(".h") || ModuleMap.of(program).sameModule(provider, keeper);
  }

  private void judge(Program program, Slot slot, List<Handover> foreign, Report report) {
    ModuleMap modules = ModuleMap.of(program);
    List<Handover> loadable =
        foreign.stream()
            .filter(p -> modules.kindOf(p.file()) == ModuleMap.Kind.LOADABLE)
            .filter(p -> modules.kindOf(p.caller().file()) != ModuleMap.Kind.BUILT_IN)
            .toList();
    if (loadable.isEmpty()) {
      foreign.stream()
          .filter(p -> !isUnknown(modules, p))
          .findFirst()
          .filter(p -> foreign.stream().noneMatch(f -> isUnknown(modules, f)))
          .ifPresent(p -> excuse(slot, builtIn(modules, p), report));
      return;
    }
    ModulePins pins = new ModulePins(program, slot);
    Optional<Excuse> known =
        pins.byKeeper()
            .or(() -> ownedByProvider(program, slot))
            .or(() -> keptForTheCall(program, slot));
    if (known.isPresent()) {
      excuse(slot, known.get(), report);
      return;
    }
    Departures departures = Departures.of(program, slot, loadable, pins);
    List<Finding> findings =
        LaterCalls.of(program, slot)
            .map(later -> new ModuleFindings(program, slot, later, departures, pins).all())
            .orElse(List.of());
    findings.forEach(report::finding);
    if (!findings.isEmpty()) {
      return;
    }
    if (departures.excuse().isPresent()) {
      excuse(slot, departures.excuse().get(), report);
    } else {
      unjudged(program, slot, departures)
          .ifPresent(
              why ->
                  report.unjudged(slot.location(), slot.keeper().name(), INFO.id() + ": " + why));
    }
  }

  /** What is not followed to its end goes into the ledger. */
  private static Optional<String> unjudged(Program program, Slot slot, Departures departures) {
    if (!departures.unclear().isEmpty()) {
      return new ProviderExit(program, slot, departures.unclear().get(0))
          .unclear()
          .map(call -> call + ", which may take the callback back");
    }
    return departures.unfollowed().stream()
        .findFirst()
        .map(
            p ->
                p.caller().name()
                    + "() hands '"
                    + p.symbol()
                    + "' over while a callback runs, whose opposite is not followed");
  }

  private static boolean isUnknown(ModuleMap modules, Handover provider) {
    return modules.kindOf(provider.file()) != ModuleMap.Kind.BUILT_IN
        && modules.kindOf(provider.caller().file()) != ModuleMap.Kind.BUILT_IN;
  }

  /**
   * The object with the slot is the provider's: it passes it in, or gets it as the result. When the
   * provider goes, so does the object.
   */
  private static Optional<Excuse> ownedByProvider(Program program, Slot slot) {
    FunctionFacts facts = program.facts(slot.keeper());
    TypedPath target = slot.store().target();
    boolean passedIn =
        target.steps().stream().filter(s -> !(s instanceof Step.Dot)).count() == 1
            && facts.parameters().stream().anyMatch(p -> p.name().equals(target.root()));
    boolean returned =
        program
            .types()
            .tag(facts.returnType(), slot.keeper().file())
            .filter(t -> facts.returnType().isPointer() && t.equals(slot.field().owner()))
            .isPresent();
    if (!passedIn && !returned) {
      return Optional.empty();
    }
    return Optional.of(
        new Excuse(
            "holder-owned-by-provider",
            passedIn
                ? "the provider passes the object in that keeps its callback"
                : "the provider gets the object that keeps its callback",
            List.of(
                new Related(
                    Location.of(slot.keeper().file(), facts.position()),
                    slot.keeper().name() + "() works on the caller's own object"))));
  }

  /** The keeper waits for the call if what keeps the callback may stand on its stack. */
  private static Optional<Excuse> keptForTheCall(Program program, Slot slot) {
    return LocalHolder.ofItself(program, slot.keeper(), slot.store().target().root())
        .map(
            line ->
                new Excuse(
                    "kept-for-the-call",
                    "what keeps it may be on the keeper's stack: it is called before that returns",
                    List.of(line)));
  }

  private static Excuse builtIn(ModuleMap modules, Handover provider) {
    boolean own = modules.kindOf(provider.file()) == ModuleMap.Kind.BUILT_IN;
    String file = own ? provider.file() : provider.caller().file();
    List<Related> proof =
        modules.modulesOf(file).stream()
            .map(
                m ->
                    new Related(
                        new Location(m.makefile(), m.line(), 1),
                        m.name() + " is only ever part of the kernel image"))
            .limit(1)
            .toList();
    return new Excuse(
        "built-in",
        own
            ? "'" + provider.symbol() + "' is part of the kernel image"
            : provider.caller().name()
                + "(), which hands it over, is part of the kernel image, and so is what it uses",
        proof);
  }

  private void excuse(Slot slot, Excuse excuse, Report report) {
    report.excused(excuse.of(INFO, slot.location(), slot.keeper().name()));
  }
}
