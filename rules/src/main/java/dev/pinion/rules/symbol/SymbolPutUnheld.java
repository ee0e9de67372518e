// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Shown;
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
  private static final String TAKEN_HERE = "taken-here";

  public SymbolPutUnheld() {
    super(
        new RuleInfo(
            "symbol-put-unheld",
            Tier.WARNING,
            "symbol_put() of a symbol that is not held on this path",
            List.of(ON_ENTRY, TAKEN_HERE)));
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
                    u.world().odds(),
                    function,
                    u.call().position(),
                    text(u.call())
                        + " without a module reference: "
                        + reason(pins.context(), u)
                        + " on this path",
                    story(pins.context(), u)));
    for (PinReport.Put put : pins.callersPuts()) {
      if (!once.containsKey(put.call().position())) {
        judge(pins, put, program, report);
      }
    }
  }

  /** A put of what this path has not taken: somebody else must leave it held. */
  private void judge(PinReport pins, PinReport.Put put, Program program, Report report) {
    if (put.key().startsWith("*")) {
      return; // A run-time string may be anybody's.
    }
    FunctionRef function = pins.context().ref();
    Position position = put.call().position();
    Optional<Site> here =
        pins.puts().stream()
            .filter(p -> p.call().equals(put.call()))
            .map(p -> pins.context().site(p.site()))
            .findFirst();
    if (here.isPresent()) {
      excuse(
          report,
          function,
          position,
          TAKEN_HERE,
          "taken in this function; the tests at both places are taken to agree",
          List.of(at(function, here.get().call().position(), "module reference taken here")));
      return;
    }
    Optional<Partners.Leaver> leaver = Partners.of(program).leaver(put.key(), function);
    if (leaver.isEmpty()) {
      find(
          report,
          function,
          position,
          text(put.call())
              + " without a module reference: no function leaves one to be dropped here",
          List.of(),
          OtherName.instead(pins, put).stream().toList());
      return;
    }
    String taker = leaver.get().function().name() + "()";
    Optional<Partners.Stale> stale = Partners.of(program).stale(put.key(), function);
    if (stale.isPresent()) {
      find(report, stale.get(), put, function);
      return;
    }
    excuse(
        report,
        function,
        position,
        ON_ENTRY,
        taker + " leaves with this module reference held",
        List.of(new Related(leaver.get().taken(), "module reference taken here and kept")));
  }

  /** Somebody drops it, leaves the pointer set, and this function takes that for held. */
  private void find(Report report, Partners.Stale stale, PinReport.Put put, FunctionRef function) {
    String taker = stale.function().name() + "()";
    find(
        report,
        stale.odds(),
        function,
        put.call().position(),
        text(put.call())
            + " a second time if "
            + taker
            + " failed: it leaves '"
            + stale.path()
            + "' set",
        List.of(
            new Related(
                stale.taken(), taker + " takes the module reference and sets " + stale.path()),
            new Related(stale.dropped(), "drops it when it fails, and does not set NULL"),
            at(function, put.call().position(), function.name() + "() drops it again")));
  }

  private static String text(Instruction.Call call) {
    return call.name()
        + "("
        + (call.arguments().isEmpty() ? "" : Shown.value(call.arguments().get(0)))
        + ")";
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
                  story.add(at(context.ref(), taken, "module reference taken here"));
                  story.add(at(context.ref(), pin.dropped(), "and dropped here"));
                } else {
                  story.add(
                      at(context.ref(), taken, "this may fail, and then there is nothing to drop"));
                }
              }
            });
    return story;
  }
}
