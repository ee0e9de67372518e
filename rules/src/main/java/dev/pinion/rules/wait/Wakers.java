// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Origins;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All who wake a queue, if users decide about every one of them.
 *
 * @param all the wake-ups, in path order
 */
record Wakers(Program program, List<Waker> all) {
  /** Of several ways to one waker so many are told, and of several wakers so many. */
  private static final int MAX_TOLD = 3;

  Wakers {
    all = List.copyOf(all);
  }

  /**
   * One wake-up.
   *
   * @param origins who makes it happen
   */
  record Waker(WaitQueues.Use use, List<Origins.Origin> origins) {
    Waker {
      origins = List.copyOf(origins);
    }
  }

  /**
   * The wakers of a queue; empty if there are none, if one of them may run by itself, or if
   * somebody may wake it out of sight.
   */
  static Optional<Wakers> of(FieldRef queue, Program program) {
    return program.memo(List.of("Wakers", queue), () -> find(queue, program));
  }

  private static Optional<Wakers> find(FieldRef queue, Program program) {
    List<Waker> all = new ArrayList<>();
    for (WaitQueues.Use use : WaitQueues.of(program).of(queue)) {
      if (use.api().isEmpty()) {
        return Optional.empty();
      }
      if (use.wakes()) {
        List<Origins.Origin> origins = Origins.of(program).deciding(use.function());
        if (!origins.stream().allMatch(Wakers::isSeldom)) {
          return Optional.empty();
        }
        all.add(new Waker(use, origins));
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(new Wakers(program, all));
  }

  /**
   * Those of them whose functions write something of what is waited for, if there are any: the
   * others wake for the sake of somebody else.
   */
  Wakers writing(Awaited awaited) {
    if (!awaited.complete()) {
      return this;
    }
    List<Waker> writing =
        all.stream()
            .filter(w -> Writes.anywhere(program, w.use().function(), awaited.fields()))
            .toList();
    return writing.isEmpty() ? this : new Wakers(program, writing);
  }

  /** Whether a user makes one of them happen, or the end of a user. */
  boolean byUser() {
    return all.stream()
        .flatMap(w -> w.origins().stream())
        .anyMatch(o -> o.kind() == Origins.Kind.USER || o.kind() == Origins.Kind.LAST);
  }

  /** Whether it does not come again and again by itself. */
  private static boolean isSeldom(Origins.Origin origin) {
    return switch (origin.kind()) {
      case USER, LAST, GONE, COMES -> true;
      case ONCE, THREAD, OTHER, UNSEEN -> false;
    };
  }

  /** Whether each wake-up only ends what the same system call has begun; with the lines. */
  Optional<List<Related>> inFlight(Set<FieldRef> awaited, InFlight.Paths paths) {
    List<Related> lines = new ArrayList<>();
    for (Waker waker : all) {
      Optional<List<Related>> begun = InFlight.before(waker.use(), awaited, paths, program);
      if (begun.isEmpty()) {
        return begun;
      }
      lines.addAll(begun.get());
    }
    return Optional.of(lines.stream().distinct().toList());
  }

  /** How a wake-up comes about that no user asks for; empty if there is none. */
  Optional<Related> unasked() {
    for (Waker waker : all) {
      for (Origins.Origin origin : waker.origins()) {
        if (origin.kind() != Origins.Kind.USER) {
          return Optional.of(Origins.of(program).line(origin));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The wake-up that comes when the user, the device or the module goes, if what the wait is for is
   * written on the way, so that it ends for good; a completion is that by itself.
   */
  Optional<List<Related>> finalTeardown(Awaited awaited) {
    for (Waker waker : all) {
      for (Origins.Origin origin : waker.origins()) {
        if (origin.isEnd()
            && (waker.use().does("complete")
                || origin.chain().stream()
                    .anyMatch(f -> Writes.anywhere(program, f, awaited.fields())))) {
          return Optional.of(List.of(Origins.of(program).line(origin), line(waker.use())));
        }
      }
    }
    return Optional.empty();
  }

  /** Who wakes and when, as lines of a story. */
  List<Related> story() {
    List<Related> lines = new ArrayList<>();
    for (Waker waker : all.stream().limit(MAX_TOLD).toList()) {
      lines.add(line(waker.use()));
      waker.origins().stream()
          .map(o -> Origins.of(program).line(o))
          .distinct()
          .limit(MAX_TOLD)
          .forEach(lines::add);
    }
    return lines.stream().distinct().toList();
  }

  private static Related line(WaitQueues.Use use) {
    return new Related(use.location(), use.function().name() + "() wakes with " + use.called());
  }
}
