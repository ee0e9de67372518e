// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.ConditionText;
import dev.pinion.analyzer.dataflow.Forks;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells how a module reference leaks: the message, and the lines in the order of the path. */
final class LeakStory {
  /** How many ways out are told. */
  private static final int MAX_WAYS = 4;

  private final PinReport report;
  private final PinContext context;
  private final Site site;
  private final Optional<LeakPaths.Ways> ways;
  private final PinReport.End end;

  /**
   * @param bad one end with the pin held, for when the ways are not known
   */
  LeakStory(PinReport report, Site site, Optional<LeakPaths.Ways> ways, PinReport.End bad) {
    this.report = report;
    this.context = report.context();
    this.site = site;
    this.ways = ways.filter(w -> !w.all().isEmpty());
    this.end = this.ways.map(w -> w.all().get(0).end()).orElse(bad);
  }

  String message() {
    String reference = "module reference from " + site.text();
    Optional<Pin.Stash> kept =
        end.kept(end.world().pin(site.id())).stream().filter(s -> !s.isGiven()).findFirst();
    if (kept.isPresent()) {
      return reference + " is kept in '" + Shown.path(kept.get().path()) + "', and nobody drops it";
    }
    if (ways.isEmpty()) {
      return reference + " leaks on a path that leaves " + context.ref().name() + "()";
    }
    if (ways.get().always() == LeakPaths.Always.YES) {
      return reference
          + (site.wrapper().effect() == Effect.ATTACH
              ? " leaks whenever that succeeds"
              : " leaks: no path drops it");
    }
    List<LeakPaths.Way> all = ways.get().all();
    String more =
        switch (all.size()) {
          case 1 -> "";
          case 2 -> ", and on another path";
          default -> ", and on " + (all.size() - 1) + " other paths";
        };
    return reference + " leaks when " + condition(all.get(0)) + more;
  }

  private String condition(LeakPaths.Way way) {
    Terminator at = context.function().cfg().block(way.branch()).terminator();
    return new ConditionText(context.typing(), new PinNames(context))
        .of(at, way.successor())
        .orElse("this path is taken");
  }

  List<Related> lines() {
    List<Related> story = new ArrayList<>();
    add(
        story,
        site.call().position(),
        site.wrapper().effect() == Effect.ATTACH
            ? "module reference taken here, and kept if the result is not NULL"
            : "module reference taken here");
    lostWithParameter(story);
    if (ways.isEmpty()) {
      stashes(end, story);
      leaves(end, story);
    } else {
      List<LeakPaths.Way> all = ways.get().all();
      all.stream().limit(MAX_WAYS).forEach(w -> tell(w, story));
      if (all.size() > MAX_WAYS) {
        add(story, site.call().position(), (all.size() - MAX_WAYS) + " more paths leak it");
      }
    }
    report.puts().stream()
        .filter(p -> p.site() == site.id())
        .limit(2)
        .forEach(p -> add(story, p.call().position(), "another path drops it here"));
    return story;
  }

  private void add(List<Related> story, Position position, String text) {
    Related line = SymbolRule.at(context.ref(), position, text);
    if (!story.contains(line)) {
      story.add(line);
    }
  }

  /** The result is put into a parameter and nowhere else. */
  private void lostWithParameter(List<Related> story) {
    for (Variable variable : context.function().parameters()) {
      boolean holds =
          end.world().facts().held(variable.name()).equals(PathFacts.valueOf(site.id()));
      if (holds && end.kept(end.world().pin(site.id())).isEmpty()) {
        add(
            story,
            site.call().position(),
            "'"
                + Shown.variable(variable.name())
                + "' is a parameter: the caller does not see what is assigned to it");
      }
    }
  }

  private void tell(LeakPaths.Way way, List<Related> story) {
    for (int i = 0; i < way.blocks().size(); i++) {
      BasicBlock block = context.function().cfg().block(way.blocks().get(i));
      for (Instruction instruction : block.instructions()) {
        tell(instruction, way.end(), story);
      }
      boolean decides =
          block.id() == way.branch()
              && i + 1 < way.blocks().size()
              && way.blocks().get(i + 1) == way.successor();
      if (decides) {
        add(story, Forks.position(block.terminator()), "the path on which " + condition(way));
      }
    }
    leaves(way.end(), story);
  }

  private void tell(Instruction instruction, PinReport.End at, List<Related> story) {
    Pin pin = at.world().pin(site.id());
    Position position = instruction.position();
    for (Pin.Stash stash : pin.stashes()) {
      if (stash.position().equals(position)) {
        stash(stash, at, story);
      }
    }
    if (pin.lost().isEmpty()) {
      return;
    }
    Pin.Lost lost = pin.lost().get();
    String place = "'" + Shown.path(lost.stash().path()) + "'";
    Optional<AccessPath> target =
        instruction instanceof Instruction.Assign assign
            ? Optional.of(assign.target())
            : ((Instruction.Call) instruction).result();
    if (lost.stash().position().equals(position)) {
      add(story, position, "kept in " + place);
    } else if (target.filter(lost.stash().path()::equals).isPresent()) {
      boolean cleared = !at.isSomething(at.world().facts().held(lost.stash().place()));
      add(story, position, place + " is overwritten here" + (cleared ? ", with NULL" : ""));
    }
    if (lost.freed().equals(position)) {
      add(story, position, "the object with " + place + " is freed here");
    }
  }

  /** All places at once, where the path is not known. */
  private void stashes(PinReport.End at, List<Related> story) {
    Pin pin = at.world().pin(site.id());
    pin.stashes().forEach(s -> stash(s, at, story));
    pin.lost()
        .ifPresent(
            lost -> {
              String place = "'" + Shown.path(lost.stash().path()) + "'";
              add(story, lost.stash().position(), "kept in " + place);
              add(story, lost.freed(), "the object with " + place + " is freed here");
            });
  }

  private void stash(Pin.Stash stash, PinReport.End at, List<Related> story) {
    if (stash.isGiven()) {
      return; // What a called function does with its argument is no owner that a reader could see.
    }
    String place = "'" + Shown.path(stash.path()) + "'";
    add(
        story,
        stash.position(),
        at.isSomething(stash.value())
            ? "kept in " + place
            : "what goes into " + place + " could own it, but is NULL on this path");
  }

  private void leaves(PinReport.End at, List<Related> story) {
    boolean again = at.position().equals(site.call().position());
    add(
        story,
        at.position(),
        again
            ? "taken again while it is still held"
            : context.ref().name() + "() returns here and still holds it");
  }
}
