// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A reference is dropped where sleeping is forbidden, and the release sleeps. */
@AutoService(Rule.class)
public final class SleepingPutInAtomic extends PutRule {
  public SleepingPutInAtomic() {
    super(
        new RuleInfo(
            "sleeping-put-in-atomic",
            "teardown",
            Tier.WARNING,
            "what may be the last reference is dropped where sleeping is forbidden, and the release sleeps",
            List.of("tells-contexts-apart", "given-back", OpenWays.EXCUSE)));
  }

  @Override
  void judge(PutSite site, Told told) {
    atomic(site).ifPresent(a -> judge(site, a, told));
  }

  /** The line since which sleeping is forbidden; empty if it is allowed. */
  private static Optional<Atomic> atomic(PutSite site) {
    Context context = Contexts.of(site.program()).at(site.function(), site.call());
    for (TypedLock lock : context.locks().values()) {
      if (site.program()
          .model()
          .find("lock", "type(" + lock.type() + ")")
          .filter(a -> a.is("spins"))
          .isPresent()) {
        return Optional.of(
            new Atomic(
                lock.identity(),
                new Related(
                    lock.where(), "the spinlock '" + lock.identity() + "' is held from here on")));
      }
    }
    return Optional.ofNullable(context.sections().get("rcu"))
        .map(where -> new Atomic("", new Related(where, "the read-side section begins here")));
  }

  /**
   * Why sleeping is forbidden.
   *
   * @param lock the spinlock that is held; empty if it is a section
   */
  private record Atomic(String lock, Related since) {}

  private static void judge(PutSite site, Atomic atomic, Told told) {
    Optional<Sleep> sleep = sleep(site);
    if (sleep.isEmpty()) {
      return;
    }
    Descent.Reached reached = sleep.get().reached();
    if (!sleep.get().isOpen()) {
      told.excused(sleep.get().ways(site.program()).closed(reached));
      return;
    }
    Optional<Related> test = test(site, reached);
    if (test.isPresent()) {
      told.excused(
          new Excuse(
              "tells-contexts-apart",
              "a function on the way asks whether it may sleep",
              List.of(test.get())));
      return;
    }
    DescentStory descents = new DescentStory(site.program());
    Optional<Related> givenBack = descents.givenBack(atomic.lock(), reached);
    if (givenBack.isPresent()) {
      told.excused(
          new Excuse("given-back", "the lock may be given back first", List.of(givenBack.get())));
      return;
    }
    List<Related> story = new ArrayList<>();
    story.add(atomic.since());
    story.add(
        new Related(
            site.location(),
            site.function().name() + "() drops a reference to " + site.struct() + " there"));
    story.addAll(descents.story(reached));
    story.add(
        new Related(
            Location.of(reached.function().file(), sleep.get().call().position()),
            reached.function().name() + "() may sleep in " + sleep.get().call().name() + "()"));
    Optional<String> doubt =
        descents
            .choice(site.function(), site.object(), reached)
            .or(() -> conditional(descents, sleep.get(), site))
            .or(site::doubt);
    told.finding(
        site.call().name()
            + "() may drop the last reference to "
            + site.struct()
            + ", whose release sleeps, where sleeping is forbidden",
        story,
        doubt);
  }

  /**
   * A call that sleeps.
   *
   * @param isOpen whether a way to it is open
   */
  private record Sleep(Descent.Reached reached, Instruction.Call call, boolean isOpen) {
    static Sleep of(Descent.Reached reached, Instruction.Call call, Program program) {
      boolean open = OpenWays.of(program, reached, call).instead(reached).isPresent();
      return new Sleep(reached, call, open);
    }

    OpenWays ways(Program program) {
      return OpenWays.of(program, reached, call);
    }
  }

  /** The nearest call that sleeps whatever it is given, if there is one to which a way is open. */
  private static Optional<Sleep> sleep(PutSite site) {
    Program program = site.program();
    Optional<Sleep> closed = Optional.empty();
    for (Descent.Reached reached : site.releasing()) {
      for (String callee : program.callees(reached.function())) {
        Optional<Api> blocks = program.model().find("blocking", callee);
        if (blocks
            .filter(b -> b.operation().equals("blocks") && b.argument("gfp") < 0)
            .isPresent()) {
          for (Instruction.Call call : Calls.of(program.ir(reached.function()), callee)) {
            Sleep found = Sleep.of(reached, call, program);
            if (found.isOpen()) {
              return Optional.of(found);
            }
            closed = closed.or(() -> Optional.of(found));
          }
        }
      }
    }
    return closed;
  }

  private static Optional<Related> test(PutSite site, Descent.Reached reached) {
    Program program = site.program();
    List<FunctionRef> all = new ArrayList<>(List.of(site.function(), site.put()));
    reached.steps().forEach(s -> all.add(s.to()));
    for (FunctionRef function : all) {
      for (String callee : program.callees(function)) {
        if (program.model().does(callee, "blocking", "atomic")) {
          return Optional.of(
              new Related(
                  new DescentStory(program).start(function),
                  function.name() + "() asks " + callee + "()"));
        }
      }
    }
    return Optional.empty();
  }

  /** A test on the way, other than that of the put itself. */
  private static Optional<String> conditional(DescentStory descents, Sleep sleep, PutSite site) {
    List<Descent.Step> below =
        sleep.reached().steps().stream().filter(s -> !s.from().equals(site.put())).toList();
    boolean tested =
        descents.isConditional(sleep.reached().function(), sleep.call())
            || descents.conditional(below).isPresent();
    return tested
        ? Optional.of("it comes there on a condition only, which may rule this caller out")
        : Optional.empty();
  }
}
