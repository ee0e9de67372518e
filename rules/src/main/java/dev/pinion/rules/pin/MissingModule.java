// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.TypedPath;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.link.CallbackSlots;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Callbacks of another module are kept and called later, and nothing keeps that module loaded. */
@AutoService(Rule.class)
public final class MissingModule implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "pin-missing-module",
          Tier.WARNING,
          "callbacks of another module are kept without a pin on that module",
          List.of("module-pinned", "built-in", "unregistered-on-exit", "holder-owned-by-provider"));

  /** How many providers a finding names. */
  private static final int MAX_NAMED = 3;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<FunctionRef> candidates(Program program) {
    return CallbackSlots.of(program).keepers();
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    for (Slot slot : CallbackSlots.of(program).slotsOf(function)) {
      List<CallbackSlots.Provider> foreign =
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

  private void judge(
      Program program, Slot slot, List<CallbackSlots.Provider> foreign, Report report) {
    ModuleMap modules = ModuleMap.of(program);
    List<CallbackSlots.Provider> loadable =
        foreign.stream().filter(p -> modules.kindOf(p.file()) == ModuleMap.Kind.LOADABLE).toList();
    if (loadable.isEmpty()) {
      if (foreign.stream().allMatch(p -> modules.kindOf(p.file()) == ModuleMap.Kind.BUILT_IN)) {
        excuse(slot, builtIn(modules, foreign.get(0)), report);
      }
      return;
    }
    ModulePins pins = new ModulePins(program, slot);
    Optional<Excuse> known = pins.byKeeper().or(() -> ownedByProvider(program, slot));
    if (known.isPresent()) {
      excuse(slot, known.get(), report);
      return;
    }
    List<CallbackSlots.Provider> silent = new ArrayList<>();
    List<CallbackSlots.Provider> bound = new ArrayList<>();
    Optional<Excuse> excuse = Optional.empty();
    for (CallbackSlots.Provider provider : loadable) {
      ProviderExit exit = new ProviderExit(program, slot, provider);
      ProviderExit.Way way = exit.way();
      Optional<Excuse> one =
          switch (way) {
            case TAKES_BACK -> exit.takenBack();
            case CANNOT_LEAVE -> Optional.of(stays(provider));
            case UNCLEAR -> Optional.empty();
            case SILENT -> pins.byProvider(provider);
          };
      if (way == ProviderExit.Way.SILENT && one.isEmpty()) {
        (exit.isBound() ? bound : silent).add(provider);
      }
      excuse = excuse.or(() -> one);
    }
    if (silent.isEmpty() && bound.isEmpty()) {
      excuse.ifPresent(e -> excuse(slot, e, report));
      return;
    }
    boolean certain =
        !silent.isEmpty()
            && !pins.keeperPinsSomething()
            && !modules.modulesOf(slot.keeper().file()).isEmpty();
    LaterCalls.of(program, slot)
        .ifPresent(
            caller ->
                report.finding(
                    finding(
                        program,
                        slot,
                        caller,
                        silent.isEmpty() ? bound : silent,
                        certain ? Tier.WARNING : Tier.LATENT)));
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

  private static Excuse builtIn(ModuleMap modules, CallbackSlots.Provider provider) {
    List<Related> proof =
        modules.modulesOf(provider.file()).stream()
            .map(
                m ->
                    new Related(
                        new Location(m.makefile(), m.line(), 1),
                        m.name() + " is only ever part of the kernel image"))
            .limit(1)
            .toList();
    return new Excuse("built-in", "'" + provider.symbol() + "' is part of the kernel image", proof);
  }

  private static Excuse stays(CallbackSlots.Provider provider) {
    return new Excuse(
        "built-in",
        "the module of '" + provider.symbol() + "' has no exit function: it cannot be unloaded",
        List.of());
  }

  private Finding finding(
      Program program,
      Slot slot,
      FunctionRef caller,
      List<CallbackSlots.Provider> silent,
      Tier tier) {
    ModuleMap modules = ModuleMap.of(program);
    List<Related> story = new ArrayList<>();
    for (CallbackSlots.Provider p : silent.subList(0, Math.min(MAX_NAMED, silent.size()))) {
      story.add(
          new Related(
              Location.of(p.caller().file(), program.facts(p.caller()).position()),
              p.caller().name()
                  + "() hands over '"
                  + p.symbol()
                  + "' of module "
                  + modules.moduleOf(p.file()).orElse("?")
                  + ", which can be unloaded and does not take it back"));
    }
    story.add(new Related(slot.location(), slot.keeper().name() + "() keeps it"));
    story.add(
        new Related(
            Location.of(caller.file(), program.facts(caller).position()),
            caller.name() + "() calls it later"));
    String module = modules.moduleOf(silent.get(0).file()).orElse("?");
    return new Finding(
        INFO.id(),
        tier,
        slot.location(),
        slot.keeper().name(),
        "'"
            + slot.field()
            + "' keeps '"
            + silent.get(0).symbol()
            + "' of module "
            + module
            + ", and nothing pins that module",
        story);
  }

  private void excuse(Slot slot, Excuse excuse, Report report) {
    report.excused(
        new Excused(
            INFO.id(),
            slot.location(),
            slot.keeper().name(),
            excuse.id(),
            excuse.because(),
            excuse.proof()));
  }
}
