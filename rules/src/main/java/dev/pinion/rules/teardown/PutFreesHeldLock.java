// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reference is dropped while the object's own lock is held, to be given back afterwards: if it
 * was the last, the lock is freed memory by then.
 */
@AutoService(Rule.class)
public final class PutFreesHeldLock extends PutRule {
  public PutFreesHeldLock() {
    super(
        new RuleInfo(
            "put-frees-held-lock",
            "teardown",
            Tier.LATENT,
            "what may be the last reference is dropped while the object's own lock is held",
            List.of("another-reference")));
  }

  @Override
  void judge(PutSite site, Told told) {
    LockPlaces places = LockPlaces.of(site.program());
    site.held().stream()
        .filter(h -> places.isHeldAfter(site.function(), site.call(), h.lock().identity()))
        .filter(h -> h.path().filter(site::isInObject).isPresent())
        .findFirst()
        .ifPresent(h -> judge(site, h, told));
  }

  private static void judge(PutSite site, LockPlaces.Held held, Told told) {
    Optional<Freed> freed = freed(site);
    if (freed.isEmpty()) {
      return;
    }
    Optional<Excuse> another = anotherPut(site);
    if (another.isPresent()) {
      told.excused(another.get());
      return;
    }
    DescentStory descents = new DescentStory(site.program());
    String lock = held.lock().identity();
    List<Related> story = new ArrayList<>();
    story.add(new Related(held.lock().where(), "'" + lock + "' is held from here on"));
    story.add(
        new Related(
            site.location(),
            site.function().name() + "() drops a reference, with the object's own lock held"));
    story.addAll(descents.story(freed.get().reached()));
    story.add(new Related(freed.get().location(), "the object is freed here, the lock with it"));
    told.finding(
        site.call().name()
            + "() may free the "
            + site.struct()
            + " whose '"
            + lock
            + "' is held and given back afterwards",
        story,
        Optional.of(
            site.doubt()
                .orElse("whoever drops the others may wait for this lock before he does so")));
  }

  private record Freed(Descent.Reached reached, Location location) {}

  /** Where the release frees something at once. */
  private static Optional<Freed> freed(PutSite site) {
    Program program = site.program();
    for (Descent.Reached reached : site.releasing()) {
      for (String callee : program.callees(reached.function())) {
        if (program.model().does(callee, "object", "free")) {
          Contexts.Body body = Contexts.of(program).body(reached.function());
          Optional<Instruction.Call> free = Calls.of(body.function(), callee).stream().findFirst();
          if (free.isPresent()) {
            return Optional.of(
                new Freed(reached, Location.of(reached.function().file(), free.get().position())));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The function drops one more reference of the same object later: this one was not its last. */
  private static Optional<Excuse> anotherPut(PutSite site) {
    Contexts.Body body = Contexts.of(site.program()).body(site.function());
    return Calls.of(body.function()).stream()
        .filter(c -> isPut(c, site, body) && body.function().cfg().leads(site.call(), c))
        .findFirst()
        .map(
            c ->
                new Excuse(
                    "another-reference",
                    "the function has another reference to the object",
                    List.of(
                        new Related(
                            Location.of(site.function().file(), c.position()),
                            "another reference is dropped here"))));
  }

  private static boolean isPut(Instruction.Call call, PutSite site, Contexts.Body body) {
    return !call.equals(site.call())
        && !call.arguments().isEmpty()
        && body.typing().canonical(call.arguments().get(0)).equals(site.object())
        && site.program()
            .resolve(call.name(), site.function().file())
            .filter(f -> site.counted().puts().contains(f))
            .isPresent();
  }
}
