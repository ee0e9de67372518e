// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
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
            "the module reference of symbol_get() is still held when a path leaves, and nobody drops it",
            List.of(HANDED_OVER, MODULE_LIFE)));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    PinReport pins = PinReport.of(function, program);
    if (pins.extent() == Worlds.Extent.CUT) {
      report.unjudged(
          Location.of(function.file(), program.facts(function).position()),
          function.name(),
          "symbol rules: more paths than are followed");
      return;
    }
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
      Optional<LeakPaths.Ways> ways =
          LeakPaths.of(
              pins, site, e -> handover.prove(site, e.world().pin(site.id()), e).isPresent());
      LeakStory story = new LeakStory(pins, site, ways, end);
      find(
          report,
          end.world().odds(),
          function,
          site.call().position(),
          story.message(),
          story.lines());
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
}
