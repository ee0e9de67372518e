// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.Origins;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excuse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A wait that a user ends, and what is known of it.
 *
 * @param awaited what has to be written before it ends
 * @param thread a way on which a thread of the kernel comes to it
 * @param lock a lock by which the waiter keeps the wakers away
 */
record UserWait(
    Program program,
    Wait waiting,
    Wakers wakers,
    Awaited awaited,
    Optional<Related> thread,
    Optional<Related> lock) {

  /**
   * Empty if somebody else may end the wait, or if a signal does and nobody is seen to wait whom
   * none reaches.
   */
  static Optional<UserWait> of(Wait waiting, Program program) {
    Optional<Wakers> all = Wakers.of(waiting.queue(), program);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Awaited awaited = Awaited.by(waiting, program);
    Wakers wakers = all.get().writing(awaited);
    Origins origins = Origins.of(program);
    return Optional.of(
            new UserWait(
                program,
                waiting,
                wakers,
                awaited,
                origins.thread(waiting.use().function()).map(origins::line),
                NeededLock.of(waiting, wakers, program)))
        .filter(w -> wakers.byUser() && (!waiting.isKillable() || w.isStuck() || w.isByUsers()));
  }

  /** Whether neither a signal nor an end of the user helps. */
  private boolean isStuck() {
    return thread.isPresent() || lock.isPresent();
  }

  /** Whether users' own processes wait, and nobody else. */
  private boolean isByUsers() {
    List<Origins.Origin> waiters = waiters();
    return !waiters.isEmpty()
        && waiters.stream()
            .allMatch(o -> o.kind() == Origins.Kind.USER || o.kind() == Origins.Kind.LAST);
  }

  private List<Origins.Origin> waiters() {
    return Origins.of(program).deciding(waiting.use().function());
  }

  /** Why the wait is fine after all. */
  Optional<Excuse> excuse() {
    if (waiting.isKillable() && !isStuck()) {
      return Optional.of(
          new Excuse(
              "killable",
              "who waits is a user's own process, and a signal ends it",
              List.of(Origins.of(program).line(waiters().get(0)))));
    }
    Optional<Excuse> inFlight =
        wakers
            .inFlight(awaited.fields(), InFlight.Paths.EVERY)
            .map(
                proof ->
                    new Excuse(
                        "in-flight",
                        "who is waited for is on its way out of the same system call",
                        proof));
    return inFlight.isPresent() || isStuck()
        ? inFlight
        : wakers
            .finalTeardown(awaited)
            .map(
                proof ->
                    new Excuse(
                        "teardown-ends-it",
                        "the kernel ends it for good when the user or the device goes",
                        proof));
  }

  /** What may end it all the same, or why it may not come to it, as the last line of the story. */
  Optional<Related> doubt() {
    Optional<Related> unasked = wakers.unasked();
    if (unasked.isPresent()) {
      String until = "; until then a thread of the kernel stands still";
      return Optional.of(
          new Related(
              unasked.get().location(),
              "latent only: this wakes as well, and no user has to ask for it"
                  + (thread.isPresent() ? until : "")));
    }
    Optional<List<Related>> begun = wakers.inFlight(awaited.fields(), InFlight.Paths.SOME);
    if (begun.isPresent()) {
      return Optional.of(
          new Related(
              begun.get().get(0).location(),
              "latent only: counted up here, on some paths to the wake-up: it may end what the same"
                  + " system call has begun"));
    }
    Optional<Related> kept = KeptQueue.in(waiting.queue(), program);
    if (kept.isPresent()) {
      return kept;
    }
    return waiting.isKillable()
        ? Optional.of(
            new Related(
                waiting.location(),
                thread.isPresent()
                    ? "latent only: whether that thread comes here depends on what it is there for"
                    : "latent only: a signal that kills ends it, and the lock may be another's"))
        : Optional.empty();
  }

  /** Who waits, who wakes, and the doubt. */
  List<Related> story(Optional<Related> doubt) {
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            waiting.location(),
            waiting.use().function().name()
                + "() waits without a limit"
                + (waiting.isKillable()
                    ? "; only a signal that kills ends it besides"
                    : ", and no signal ends it")));
    thread.ifPresent(story::add);
    story.addAll(wakers.story());
    lock.ifPresent(story::add);
    doubt.ifPresent(story::add);
    return story;
  }
}
