// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.CallbackSlots.Handover;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is told of a slot. If nobody takes callbacks back, the keeper lacks something, and one
 * finding tells of it. If most do, those lack something who do not, and each is told.
 */
final class ModuleFindings {
  /** How many providers a finding names. */
  private static final int MAX_NAMED = 3;

  private final Program program;
  private final Slot slot;
  private final LaterCalls.Later later;
  private final Departures departures;
  private final ModulePins pins;

  ModuleFindings(
      Program program, Slot slot, LaterCalls.Later later, Departures departures, ModulePins pins) {
    this.program = program;
    this.slot = slot;
    this.later = later;
    this.departures = departures;
    this.pins = pins;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    if (!departures.silent().isEmpty()) {
      findings.add(ofKeeper(departures.silent(), pinsUnknown()));
    }
    if (departures.deviates()) {
      departures.bound().forEach(p -> findings.add(ofProvider(p, pinsUnknown())));
    }
    departures.unwinding().forEach(p -> findings.add(ofProvider(p, Optional.of(unwinds(p)))));
    return findings;
  }

  /** Why the keeper may be right after all. */
  private Optional<Related> pinsUnknown() {
    Optional<Related> taken =
        pins.takenSomewhere()
            .map(
                r ->
                    new Related(
                        r.location(), "latent only: " + r.message() + ", perhaps on this one"));
    boolean placed = !ModuleMap.of(program).modulesOf(slot.keeper().file()).isEmpty();
    return taken.isPresent() || placed
        ? taken
        : Optional.of(
            new Related(
                slot.location(),
                "latent only: no Makefile names this file, so that its module is not known"));
  }

  private Related unwinds(Handover provider) {
    Related unwinding =
        new ProviderExit(program, slot, provider)
            .unwinding()
            .orElseThrow(() -> new IllegalStateException("nothing unwinds"));
    return new Related(
        unwinding.location(),
        "latent only: " + unwinding.message() + "; something that is not followed may do so later");
  }

  private Finding ofKeeper(List<Handover> providers, Optional<Related> doubt) {
    Handover first = providers.get(0);
    Optional<FunctionRef> exit = new ProviderExit(program, slot, first).exit();
    List<Related> story = new ArrayList<>();
    for (Handover p : providers.subList(0, Math.min(MAX_NAMED, providers.size()))) {
      story.add(handsOver(p));
    }
    exit.ifPresent(e -> story.add(new Related(at(e), e.name() + "() does not take it back")));
    keeps(story);
    doubt.ifPresent(story::add);
    return new Finding(
        MissingModule.INFO.id(),
        tier(doubt),
        slot.location(),
        slot.keeper().name(),
        "'"
            + slot.field()
            + "' keeps '"
            + first.symbol()
            + "' of module "
            + module(first)
            + " without a module reference, and "
            + exit.map(e -> e.name() + "()").orElse("nothing")
            + (exit.isPresent() ? " does not take it back" : " takes it back"),
        story);
  }

  private Finding ofProvider(Handover provider, Optional<Related> doubt) {
    SetUp setUp = new SetUp(program, slot, provider);
    Optional<Callback> callback = setUp.callback();
    boolean bound = callback.filter(Callback::isBind).isPresent();
    ProviderExit exit = new ProviderExit(program, slot, provider);
    Optional<FunctionRef> last = bound ? callback.flatMap(Callback::unbind) : exit.exit();
    Optional<Related> data = bound ? setUp.managedData() : Optional.empty();
    String undoer = exit.undoer().or(departures::undoer).orElse("") + "()";
    List<Related> story = new ArrayList<>();
    story.add(handsOver(provider));
    data.ifPresent(story::add);
    keeps(story);
    last.ifPresent(f -> story.add(new Related(at(f), f.name() + "() does not call " + undoer)));
    departures
        .example()
        .map(r -> new Related(r.location(), "another provider: " + r.message()))
        .ifPresent(story::add);
    doubt.ifPresent(story::add);
    String what =
        last.map(f -> f.name() + "() does not call " + undoer + " for '" + provider.symbol() + "'")
            .orElse("nothing calls " + undoer + " for '" + provider.symbol() + "'");
    return new Finding(
        MissingModule.INFO.id(),
        tier(doubt),
        at(provider.caller()),
        provider.caller().name(),
        what
            + ": it may be called "
            + (bound ? "after unbind" : "after the module is gone")
            + (data.isPresent() ? ", with freed data" : ""),
        story);
  }

  private static Tier tier(Optional<Related> doubt) {
    return doubt.isPresent() ? Tier.LATENT : Tier.WARNING;
  }

  private Related handsOver(Handover provider) {
    return new Related(
        new SetUp(program, slot, provider).where(),
        provider.caller().name()
            + "() hands over '"
            + provider.symbol()
            + "' of module "
            + module(provider));
  }

  private void keeps(List<Related> story) {
    story.add(new Related(slot.location(), slot.keeper().name() + "() keeps it"));
    story.add(new Related(later.where(), later.caller().name() + "() calls it later"));
  }

  private String module(Handover provider) {
    return ModuleMap.of(program).moduleOf(provider.file()).orElse("?");
  }

  private Location at(FunctionRef function) {
    return Location.of(function.file(), program.facts(function).position());
  }
}
