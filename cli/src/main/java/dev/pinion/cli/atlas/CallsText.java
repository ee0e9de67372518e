// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.atlas;

import dev.pinion.analyzer.atlas.CallsAnswer;
import dev.pinion.analyzer.atlas.CallsAnswer.Callee;
import dev.pinion.analyzer.atlas.CallsAnswer.Caller;
import dev.pinion.analyzer.atlas.CallsAnswer.Execution;
import dev.pinion.analyzer.atlas.CallsAnswer.Handout;
import dev.pinion.analyzer.atlas.CallsAnswer.OfFunction;
import dev.pinion.analyzer.atlas.CallsAnswer.OfSlot;
import dev.pinion.analyzer.atlas.CallsAnswer.Precision;
import dev.pinion.analyzer.atlas.CallsAnswer.Via;
import dev.pinion.analyzer.atlas.Place;
import dev.pinion.cli.atlas.Page.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code atlas calls} for people. */
public final class CallsText {
  /** A slot with more implementations than this names the first ones only, beside a call. */
  private static final int MOST_BESIDE = 4;

  private CallsText() {}

  public static void write(CallsAnswer answer, Page page) {
    if (answer instanceof OfSlot slot) {
      slot(slot, page);
    } else if (answer instanceof OfFunction function) {
      function(function, page);
    }
  }

  private static void slot(OfSlot slot, Page page) {
    page.title(slot.slot(), slot.struct().file().isEmpty() ? "" : page.at(slot.struct()));
    page.heading("implementations", slot.implementations().size());
    page.table(
        slot.implementations().stream()
            .map(p -> Row.of(page.at(p.location()), p.function() + "()"))
            .toList());
    callers("called by", slot.callers(), page);
  }

  private static void function(OfFunction calls, Page page) {
    page.title(calls.definition().function() + "()", page.at(calls.definition().location()));
    callers("callers", calls.callers(), page);
    for (OfSlot slot : calls.throughSlots()) {
      callers("callers through " + slot.slot(), slot.callers(), page);
    }
    handouts("handed out", calls.handouts(), page);
    handouts("by name at run time", calls.lookups(), page);
    callees(calls.callees(), page);
  }

  private static void callers(String heading, List<Caller> callers, Page page) {
    if (callers.isEmpty()) {
      return;
    }
    page.heading(heading, callers.size());
    page.table(
        callers.stream()
            .map(c -> Row.of(page.at(c.place().location()), c.place().function() + "()"))
            .toList());
    if (callers.stream().anyMatch(c -> c.precision() == Precision.FUNCTION)) {
      page.note("  ", "these are the calling functions; the calls are somewhere in them");
    }
  }

  private static void handouts(String heading, List<Handout> handouts, Page page) {
    if (handouts.isEmpty()) {
      return;
    }
    page.heading(heading, handouts.size());
    page.table(handouts.stream().map(h -> handout(h, page)).toList());
  }

  static Row handout(Handout handout, Page page) {
    return Row.of(
        page.at(handout.place().location()), how(handout), execution(handout.execution()));
  }

  static String how(Handout handout) {
    String where = handout.place().function();
    String in = where.isEmpty() ? "" : where + "(): ";
    if (!handout.registrar().isEmpty()) {
      return in + "to " + handout.registrar() + "()";
    }
    String slot = handout.slot().isEmpty() ? "a member of unknown type" : handout.slot();
    return in + "in " + slot + (handout.table().isEmpty() ? "" : " of " + handout.table());
  }

  static String execution(Execution execution) {
    List<String> parts = new ArrayList<>();
    if (!execution.as().isEmpty()) {
      parts.add(execution.as().replace('-', ' '));
    }
    if (!execution.runs().isEmpty()) {
      parts.add(
          execution.runs().equals("any")
              ? "in any context"
              : "in " + execution.runs() + " context");
    }
    if (!execution.holds().isEmpty()) {
      parts.add("under " + String.join(", ", execution.holds()));
    }
    return String.join(", ", parts);
  }

  private static void callees(List<Callee> callees, Page page) {
    if (callees.isEmpty()) {
      return;
    }
    page.heading("calls", callees.size());
    page.table(
        callees.stream()
            .map(
                c ->
                    Row.of(
                        page.at(c.at()),
                        c.via() == Via.NAME ? c.name() + "()" : c.name(),
                        targets(c, page)))
            .toList());
  }

  private static String targets(Callee callee, Page page) {
    List<Place> targets = callee.targets();
    if (callee.via() == Via.POINTER) {
      return "through a pointer";
    }
    if (callee.via() == Via.NAME) {
      return targets.isEmpty() ? "" : page.at(targets.get(0).location());
    }
    String first =
        targets.stream()
            .limit(MOST_BESIDE)
            .map(t -> t.function() + "()")
            .collect(Collectors.joining(", "));
    int more = targets.size() - MOST_BESIDE;
    return targets.isEmpty()
        ? "no implementation in this tree"
        : first + (more > 0 ? " and " + more + " more" : "");
  }
}
