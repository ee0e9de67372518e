// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.link.Contexts.Assertions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says why a lock is not surely held when a function is entered: shows one way in on which it is
 * not, or one that leads out of sight. Goes its own way up the callers, one lock at a time, and so
 * is also a check of {@link Contexts}.
 */
final class LockWitness {
  /** How it stands with a lock on entry to a function. */
  enum Verdict {
    HELD,
    /** Some way was followed to its beginning, and the lock is not taken on it. */
    NOT_HELD,
    /** No such way is seen, but some way leads out of sight. */
    UNKNOWN
  }

  /**
   * What was found.
   *
   * @param cause what kind of end the way has, for counting
   * @param chain the functions on the way, outermost first
   */
  record Why(Verdict verdict, String cause, String chain) {
    static final Why HELD = new Why(Verdict.HELD, "", "");
  }

  private final Program program;
  private final LocalContexts locals;

  LockWitness(Program program, Assertions assertions) {
    this.program = program;
    this.locals = new LocalContexts(program, assertions);
  }

  /** The shortest way in on which the lock is not held, or else one that leads out of sight. */
  Why onEntry(FunctionRef function, String lock, String type) {
    Map<FunctionRef, Optional<FunctionRef>> calls = new HashMap<>();
    Deque<FunctionRef> work = new ArrayDeque<>(List.of(function));
    calls.put(function, Optional.empty());
    Why worst = Why.HELD;
    while (!work.isEmpty()) {
      FunctionRef here = work.removeFirst();
      List<CallGraph.Way> ways = CallGraph.of(program).into(here);
      Why why = limits(ways);
      for (CallGraph.Way way : why.verdict() == Verdict.HELD ? ways : List.<CallGraph.Way>of()) {
        why = by(way, here, lock, type);
        way.caller()
            .filter(c -> !isSettled(way, here, lock) && !calls.containsKey(c))
            .ifPresent(
                c -> {
                  calls.put(c, Optional.of(here));
                  work.addLast(c);
                });
        if (why.verdict() != Verdict.HELD) {
          break;
        }
      }
      if (why.verdict() == Verdict.NOT_HELD) {
        return new Why(why.verdict(), why.cause(), chain(here, calls));
      }
      if (why.verdict() == Verdict.UNKNOWN && worst.verdict() == Verdict.HELD) {
        worst = new Why(why.verdict(), why.cause(), chain(here, calls));
      }
    }
    return worst;
  }

  private static String chain(FunctionRef from, Map<FunctionRef, Optional<FunctionRef>> calls) {
    StringBuilder chain = new StringBuilder(from.toString());
    Optional<FunctionRef> next = calls.getOrDefault(from, Optional.empty());
    while (next.isPresent()) {
      chain.append(" > ").append(next.get());
      next = calls.getOrDefault(next.get(), Optional.empty());
    }
    return chain.toString();
  }

  private static Why limits(List<CallGraph.Way> ways) {
    if (ways.isEmpty()) {
      return new Why(Verdict.UNKNOWN, "nobody calls it", "");
    }
    return ways.size() > Contexts.MAX_WAYS
        ? new Why(Verdict.UNKNOWN, "too many ways in", "")
        : Why.HELD;
  }

  /** Whether the call itself decides, so that callers further up need not be asked. */
  private boolean isSettled(CallGraph.Way way, FunctionRef function, String lock) {
    FunctionRef caller = way.caller().orElseThrow();
    return locals.atCalls(caller, function, way).held().locks().containsKey(lock);
  }

  private Why by(CallGraph.Way way, FunctionRef function, String lock, String type) {
    if (way instanceof CallGraph.Way.Core core) {
      Location where = Location.of(function.file(), program.facts(function).position());
      return EntryPoints.of(program)
              .lock(core.row(), core.escape(), where)
              .filter(l -> l.identity().equals(lock))
              .isPresent()
          ? Why.HELD
          : new Why(Verdict.NOT_HELD, "core: " + core.row().name(), "");
    }
    if (way instanceof CallGraph.Way.Unknown out) {
      OpsTables.Escape e = out.escape();
      String how =
          e.callee().isEmpty()
              ? e.field().map(f -> "field " + f).orElse("stored in an unknown field")
              : "passed to " + e.callee() + "#" + e.argument();
      return new Why(Verdict.UNKNOWN, how, "");
    }
    LocalContext here = locals.atCalls(way.caller().orElseThrow(), function, way);
    boolean dropped = !here.held().locks().containsKey(lock) && here.mayEnd(lock, type);
    if (!dropped) {
      return Why.HELD;
    }
    String which = here.released().contains(lock) ? "given back" : "an unknown lock given back";
    return new Why(
        Verdict.NOT_HELD, which + " before the call in " + way.caller().orElseThrow(), "");
  }
}
