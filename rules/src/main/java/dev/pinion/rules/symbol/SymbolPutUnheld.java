// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A put of a symbol that is not held on this path. */
@AutoService(Rule.class)
public final class SymbolPutUnheld extends SymbolRule {
  private static final String ON_ENTRY = "held-on-entry";

  public SymbolPutUnheld() {
    super(
        new RuleInfo(
            "symbol-put-unheld",
            Tier.WARNING,
            "symbol_put() of a symbol that is not held on this path",
            List.of(ON_ENTRY)));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    PinReport pins = PinReport.of(function, program);
    Map<Position, PinReport.Unheld> once = new TreeMap<>();
    pins.unheld()
        .forEach(u -> once.merge(u.call().position(), u, (a, b) -> a.world().isUnlikely() ? b : a));
    once.values()
        .forEach(
            u ->
                find(
                    report,
                    tier(u.world()),
                    function,
                    u.call().position(),
                    text(u.call(), u.key())
                        + " without a pin: "
                        + reason(pins.context(), u)
                        + " on this path",
                    story(pins.context(), u)));
    for (PinReport.Put put : pins.callersPuts()) {
      if (!once.containsKey(put.call().position())) {
        judge(put, function, program, report);
      }
    }
  }

  /** A put of what this function has not taken: somebody else must leave it held. */
  private void judge(PinReport.Put put, FunctionRef function, Program program, Report report) {
    if (put.key().startsWith("*")) {
      return; // A run-time string may be anybody's.
    }
    Optional<Partners.Leaver> leaver = Partners.of(program).leaver(put.key(), function.file());
    Position position = put.call().position();
    if (leaver.isPresent()) {
      excuse(
          report,
          function,
          position,
          ON_ENTRY,
          leaver.get().function().name() + "() leaves with this pin held",
          List.of(new Related(leaver.get().taken(), "the pin is taken here and kept")));
      return;
    }
    find(
        report,
        function,
        position,
        text(put.call(), put.key()) + " without a pin: nobody leaves one for this function",
        List.of());
  }

  private static String text(Instruction.Call call, String key) {
    return call.name() + "(" + (key.startsWith("*") ? key.substring(1) : key) + ")";
  }

  private static String reason(PinContext context, PinReport.Unheld unheld) {
    boolean dropped =
        unheld.world().pins().entrySet().stream()
            .anyMatch(
                e ->
                    context.site(e.getKey()).key().equals(unheld.key())
                        && e.getValue().is(Pin.State.DROPPED));
    return dropped ? "it was dropped before" : "the get has failed";
  }

  private static List<Related> story(PinContext context, PinReport.Unheld unheld) {
    List<Related> story = new ArrayList<>();
    unheld
        .world()
        .pins()
        .forEach(
            (id, pin) -> {
              Site site = context.site(id);
              if (site.key().equals(unheld.key())) {
                Position taken = site.call().position();
                if (pin.is(Pin.State.DROPPED)) {
                  story.add(at(context.ref(), taken, "the pin is taken here"));
                  story.add(at(context.ref(), pin.dropped(), "and dropped here"));
                } else {
                  story.add(at(context.ref(), taken, "this may fail, and then there is no pin"));
                }
              }
            });
    return story;
  }
}
