// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pin that is still held when a path ends, and that nobody will drop. */
@AutoService(Rule.class)
public final class SymbolGetLeak extends SymbolRule {
  private static final String HANDED_OVER = "pin-handed-over";
  private static final String MODULE_LIFE = "kept-for-module-life";

  public SymbolGetLeak() {
    super(
        new RuleInfo(
            "symbol-get-leak",
            Tier.WARNING,
            "a path leaves with the pin of symbol_get() held, and nobody drops it",
            List.of(HANDED_OVER, MODULE_LIFE)));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    PinReport pins = PinReport.of(function, program);
    for (Site site : pins.context().sites()) {
      check(site, pins, new Handover(pins, Partners.of(program)), report);
    }
  }

  private void check(Site site, PinReport pins, Handover handover, Report report) {
    FunctionRef function = pins.context().ref();
    Optional<Handover.Proof> proof = Optional.empty();
    Optional<PinReport.End> bad = Optional.empty();
    List<PinReport.End> ends = new ArrayList<>(pins.ends());
    ends.addAll(pins.takenAgain(site.id()));
    for (PinReport.End end : ends) {
      Pin pin = end.world().pins().get(site.id());
      if (pin == null || !pin.is(Pin.State.HELD)) {
        continue;
      }
      Optional<Handover.Proof> here = handover.prove(site, pin, end);
      if (here.isEmpty()) {
        bad = Optional.of(bad.map(b -> b.likelier(end)).orElse(end));
      }
      proof = proof.isPresent() ? proof : here;
    }
    if (bad.isPresent()) {
      PinReport.End end = bad.get();
      Pin pin = end.world().pin(site.id());
      find(
          report,
          tier(end.world()),
          function,
          site.call().position(),
          message(site, end.kept(pin), function),
          story(site, pin, end, pins));
      return;
    }
    proof.ifPresent(
        p ->
            excuse(
                report,
                function,
                site.call().position(),
                p.kind() == Handover.Kind.MODULE_LIFE ? MODULE_LIFE : HANDED_OVER,
                p.because(),
                p.story()));
  }

  private static String message(Site site, List<Pin.Stash> kept, FunctionRef function) {
    Optional<Pin.Stash> named = kept.stream().filter(s -> !s.isGiven()).findFirst();
    if (named.isPresent()) {
      return "the pin of "
          + site.text()
          + ", kept in '"
          + named.get().path()
          + "', is not released by anyone";
    }
    return "the pin of "
        + site.text()
        + " is not released on a path that leaves "
        + function.name()
        + "()";
  }

  private static List<Related> story(Site site, Pin pin, PinReport.End end, PinReport pins) {
    FunctionRef function = pins.context().ref();
    List<Related> story = new ArrayList<>();
    story.add(
        at(
            function,
            site.call().position(),
            site.wrapper().effect() == SymbolWrapper.Effect.ATTACH
                ? "the pin is taken here, and stays if the result is not NULL"
                : "the pin is taken here"));
    for (Pin.Stash stash : pin.stashes()) {
      story.add(
          at(
              function,
              stash.position(),
              end.isSomething(stash.value())
                  ? (stash.isGiven() ? "given away as '" : "kept in '") + stash.path() + "'"
                  : "what goes into '"
                      + stash.path()
                      + "' could own it, but is NULL on this path"));
    }
    pin.lost()
        .ifPresent(
            lost -> {
              story.add(
                  at(function, lost.stash().position(), "kept in '" + lost.stash().path() + "'"));
              story.add(at(function, lost.freed(), "whose object is freed here"));
            });
    boolean again = end.position().equals(site.call().position());
    story.add(
        at(
            function,
            end.position(),
            again ? "taken again while it is still held" : "left here with the pin held"));
    for (PinReport.Put put : pins.puts()) {
      if (put.site() == site.id()) {
        story.add(at(function, put.call().position(), "another path drops it here"));
      }
    }
    return story;
  }
}
