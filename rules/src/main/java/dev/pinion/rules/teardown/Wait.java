// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Callbacks;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.RuleInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A wait for the callbacks of an object, and what happens if one of them wants a lock that is held.
 */
record Wait(
    Program program,
    FunctionRef function,
    Instruction.Call call,
    Api api,
    Callbacks.SetUps setUps) {
  /** The locks that are surely held meanwhile. */
  List<LockPlaces.Held> held() {
    return LockPlaces.of(program).at(function, call);
  }

  /** Reports what comes of one of them, once. */
  void judge(LockPlaces.Held held, RuleInfo rule, Report report) {
    List<Judged> all = new ArrayList<>();
    for (Callbacks.Start start : setUps.starts()) {
      CollisionJudge judge =
          new CollisionJudge(program, function, call, object(), start.callback(), passed(start));
      for (Collision collision :
          Collision.of(program, held, Descent.of(program).from(start.callback()))) {
        all.add(new Judged(start, throughPuts(judge.judge(collision))));
      }
    }
    CollisionJudge.worst(all.stream().map(Judged::verdict).toList())
        .flatMap(worst -> all.stream().filter(j -> j.verdict().equals(worst)).findFirst())
        .ifPresent(j -> tell(j, others(all), rule, report));
  }

  /** A callback whose put releases something mostly drops no last reference: who waits has one. */
  private CollisionJudge.Verdict throughPuts(CollisionJudge.Verdict verdict) {
    return new CollisionJudge.Verdict(
        verdict.collision(),
        verdict.excuse(),
        verdict
            .doubt()
            .or(
                () ->
                    new DescentStory(program)
                        .release(verdict.collision().reached())
                        .map(f -> "it comes there only if " + f + "() drops a last reference")));
  }

  /** Reports a callback that waits for its own end. */
  void forItself(RuleInfo rule, Report report) {
    for (Callbacks.Start start : setUps.starts()) {
      Optional<Descent.Reached> way =
          SelfWait.of(program, start.callback(), function, object(), passed(start));
      if (way.isEmpty()) {
        continue;
      }
      OpenWays ways = new OpenWays(program, Descent.of(program).withinFile(start.callback()), call);
      if (ways.instead(way.get()).isPresent()) {
        tell(start, way.get(), rule, report);
        return;
      }
      new Told(rule, function, location(), report).excused(ways.closed(way.get()));
    }
  }

  private void tell(Callbacks.Start start, Descent.Reached way, RuleInfo rule, Report report) {
    String callback = start.callback().name();
    DescentStory descents = new DescentStory(program);
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            start.location(), start.api().name() + "() makes " + callback + "() its callback"));
    story.addAll(descents.story(way));
    story.add(
        new Related(
            location(), function.name() + "() waits here until " + callback + "() has ended"));
    new Told(rule, function, location(), report)
        .finding(
            call.name() + "() waits for " + callback + "(), from inside of it",
            story,
            descents
                .conditional(way.steps())
                .map(f -> f + "() comes there on a condition only, which may tell who calls")
                .or(() -> told(descents, way))
                .or(() -> others(List.of())));
  }

  /** A test before the wait that may tell the callback from other callers. */
  private Optional<String> told(DescentStory descents, Descent.Reached way) {
    boolean told =
        way.steps().isEmpty()
            ? descents.isAfterTest(function, call)
            : descents.isConditional(function, call);
    return told
        ? Optional.of("a test before it may tell that the callback does not run")
        : Optional.empty();
  }

  /** What is said of a collision with one of the callbacks. */
  private record Judged(Callbacks.Start start, CollisionJudge.Verdict verdict) {}

  /** The member of the object that its callback is given; empty if that is the object itself. */
  private static String passed(Callbacks.Start start) {
    return start.api().texts().getOrDefault("passes", "");
  }

  /** What is waited for, in the function's names. */
  private Value object() {
    return Contexts.of(program)
        .body(function)
        .typing()
        .canonical(call.arguments().get(api.argument("at")));
  }

  /** Callbacks of such objects that are not among those that surely collide, if there are any. */
  private Optional<String> others(List<Judged> all) {
    Set<FunctionRef> others = new HashSet<>();
    setUps.starts().forEach(s -> others.add(s.callback()));
    if (!setUps.complete()) {
      return Optional.of("such objects are also set up with a function that is not known");
    }
    boolean several = others.size() > 1;
    all.stream()
        .filter(j -> j.verdict().isSure())
        .forEach(j -> others.remove(j.start().callback()));
    return several && !others.isEmpty()
        ? Optional.of("several functions are set up as callbacks of such objects")
        : Optional.empty();
  }

  private void tell(Judged judged, Optional<String> others, RuleInfo rule, Report report) {
    CollisionJudge.Verdict verdict = judged.verdict();
    Collision c = verdict.collision();
    Told told = new Told(rule, function, location(), report);
    if (verdict.excuse().isPresent()) {
      told.excused(verdict.excuse().get());
      return;
    }
    String lock = c.lock();
    Optional<String> doubt = verdict.doubt().or(() -> others).or(this::freezes);
    String callback = judged.start().callback().name();
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            judged.start().location(),
            judged.start().api().name() + "() makes " + callback + "() its callback"));
    story.add(new Related(c.held().lock().where(), "'" + lock + "' is held from here on"));
    story.add(
        new Related(
            location(), function.name() + "() waits for " + callback + "(), with the lock held"));
    story.addAll(new DescentStory(program).story(c.reached()));
    story.add(
        new Related(
            c.location(),
            c.reached().function().name()
                + "() takes '"
                + lock
                + "': if it waits here when the other holds the lock, neither goes on"));
    told.finding(
        call.name()
            + "() waits for "
            + callback
            + "(), which takes '"
            + lock
            + "', while that is held",
        story,
        doubt);
  }

  /** A wait while the system goes to sleep may be for a callback that cannot run then. */
  private Optional<String> freezes() {
    Operand object = Contexts.of(program).body(function).typing().operand(object());
    return Callbacks.of(program)
        .freezes(object, function.file())
        .map(
            l ->
                "the callback is queued where it does not run while the system sleeps, at "
                    + l.file()
                    + ":"
                    + l.line());
  }

  private Location location() {
    return Location.of(function.file(), call.position());
  }
}
