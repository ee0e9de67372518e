// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.ConditionText;
import dev.pinion.analyzer.dataflow.Forks;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.rules.pin.LeakStand.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells how a reference leaks: the message, and the lines in the order of the path. */
final class LeakStory implements ConditionText.Names {
  /** How many ways out are told. */
  private static final int MAX_WAYS = 4;

  private final Program program;
  private final FunctionRef function;
  private final Function body;
  private final LeakSite site;
  private final LeakWalk walk;
  private final List<Forks.Way<LeakStand>> ways;

  LeakStory(
      Program program,
      FunctionRef function,
      Function body,
      LeakSite site,
      LeakWalk walk,
      List<Forks.Way<LeakStand>> ways) {
    this.program = program;
    this.function = function;
    this.body = body;
    this.site = site;
    this.walk = walk;
    this.ways = ways;
  }

  String message() {
    String what =
        site.kind() == LeakSite.Kind.COUNTED
            ? "the reference that " + site.text() + " takes"
            : site.kind() == LeakSite.Kind.LOOP
                ? "the reference that " + site.text() + " holds"
                : "the reference from " + site.text();
    if (ways.isEmpty() || ways.get(0).branch() < 0) {
      return what + " is still held when " + function.name() + "() returns";
    }
    String more =
        switch (ways.size()) {
          case 1 -> "";
          case 2 -> ", and on another path";
          default -> ", and on " + (ways.size() - 1) + " other paths";
        };
    return what + " leaks when " + condition(ways.get(0)) + more;
  }

  private String condition(Forks.Way<LeakStand> way) {
    Terminator at = body.cfg().block(way.branch()).terminator();
    return new ConditionText(new Typing(body, program.model()), this)
        .of(at, way.successor())
        .orElse("this path is taken");
  }

  /**
   * @param doubt why it is not shown
   */
  List<Related> lines(Optional<String> doubt) {
    List<Related> story = new ArrayList<>();
    String variable =
        site.call()
            .result()
            .filter(r -> !r.isTemporary())
            .map(r -> " with '" + Shown.path(r) + "'")
            .orElse("");
    add(
        story,
        site.call().position(),
        site.kind() == LeakSite.Kind.LOOP
            ? "each round holds a reference" + variable
            : "a reference is taken here" + variable);
    for (Forks.Way<LeakStand> way : ways.subList(0, Math.min(MAX_WAYS, ways.size()))) {
      if (way.branch() >= 0) {
        add(
            story,
            Forks.position(body.cfg().block(way.branch()).terminator()),
            "the path on which " + condition(way));
      }
      for (Instruction.Call call : walk.lentTo(way.end())) {
        add(
            story,
            call.position(),
            LeakLending.text(call)
                + " leaves it to its caller: other paths give it back after that");
      }
      leaves(way.end(), story);
    }
    walk.ends().entrySet().stream()
        .filter(e -> e.getValue() == Fate.PUT)
        .map(Map.Entry::getKey)
        .filter(p -> !p.equals(site.call().position()))
        .limit(2)
        .forEach(p -> add(story, p, "another path gives it back here"));
    doubt.ifPresent(d -> add(story, site.call().position(), "latent only: " + d));
    return story;
  }

  private void leaves(LeakStand end, List<Related> story) {
    if (end.fate() == Fate.TAKEN_AGAIN) {
      add(story, site.call().position(), "taken again while it is still held");
    } else if (body.cfg().block(end.block()).terminator() instanceof Terminator.Return leave) {
      add(story, leave.position(), function.name() + "() returns here and still holds it");
    }
  }

  private void add(List<Related> story, Position position, String text) {
    Related line = new Related(Location.of(function.file(), position), text);
    if (!story.contains(line)) {
      story.add(line);
    }
  }

  @Override
  public boolean isPointer(Value value, Optional<Instruction.Call> definedBy) {
    if (definedBy.isPresent()) {
      return program
          .resolve(definedBy.get().name(), function.file())
          .filter(f -> program.facts(f).returnType().isPointer())
          .isPresent();
    }
    return value instanceof Value.Load load
        && load.path().isVariable()
        && body.variable(load.path().root()).filter(v -> v.type().isPointer()).isPresent();
  }
}
