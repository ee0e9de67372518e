// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.link.CallbackSlots;
import dev.pinion.analyzer.link.CallbackSlots.Handover;
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
    Departures departures = Departures.of(program, slot, loadable, pins);
    if (departures.nobodyIsSilent()) {
      departures.excuse().ifPresent(e -> excuse(slot, e, report));
      return;
    }
    boolean certain =
        (!departures.silent().isEmpty() || departures.deviates())
            && !pins.keeperPinsSomething()
            && !modules.modulesOf(slot.keeper().file()).isEmpty();
    Tier tier = certain ? Tier.WARNING : Tier.LATENT;
    LaterCalls.of(program, slot)
        .ifPresent(
            caller -> findings(program, slot, caller, departures, tier).forEach(report::finding));
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

  private static Excuse builtIn(ModuleMap modules, Handover provider) {
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

  /**
   * If nobody takes callbacks back, the keeper lacks something, and one finding tells of it. If
   * most do, those lack something who do not, and each is told.
   */
  private static List<Finding> findings(
      Program program, Slot slot, FunctionRef caller, Departures departures, Tier tier) {
    boolean providersFault = departures.silent().isEmpty() && tier == Tier.WARNING;
    if (!providersFault) {
      List<Related> story = story(program, slot, caller, departures, departures.worst());
      Handover first = departures.worst().get(0);
      return List.of(
          new Finding(
              INFO.id(),
              tier,
              slot.location(),
              slot.keeper().name(),
              message(program, slot, first),
              story));
    }
    return departures.bound().stream()
        .map(
            p ->
                new Finding(
                    INFO.id(),
                    tier,
                    at(program, p.caller()),
                    p.caller().name(),
                    message(program, slot, p),
                    story(program, slot, caller, departures, List.of(p))))
        .toList();
  }

  private static String message(Program program, Slot slot, Handover provider) {
    return "'"
        + slot.field()
        + "' keeps '"
        + provider.symbol()
        + "' of module "
        + module(program, provider)
        + ", and nothing pins that module";
  }

  private static String module(Program program, Handover provider) {
    return ModuleMap.of(program).moduleOf(provider.file()).orElse("?");
  }

  private static Location at(Program program, FunctionRef function) {
    return Location.of(function.file(), program.facts(function).position());
  }

  private static List<Related> story(
      Program program,
      Slot slot,
      FunctionRef caller,
      Departures departures,
      List<Handover> providers) {
    List<Related> story = new ArrayList<>();
    for (Handover p : providers.subList(0, Math.min(MAX_NAMED, providers.size()))) {
      story.add(
          new Related(
              at(program, p.caller()),
              p.caller().name()
                  + "() hands over '"
                  + p.symbol()
                  + "' of module "
                  + module(program, p)
                  + ", which can be unloaded and does not take it back"));
    }
    story.add(new Related(slot.location(), slot.keeper().name() + "() keeps it"));
    story.add(new Related(at(program, caller), caller.name() + "() calls it later"));
    departures.takenBack().stream()
        .limit(1)
        .flatMap(e -> e.proof().stream())
        .map(r -> new Related(r.location(), "another provider: " + r.message()))
        .forEach(story::add);
    return story;
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
