// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.link.Contexts.Assertions;
import dev.pinion.analyzer.model.Api;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    Why under(String function) {
      return chain.isEmpty() && cause.isEmpty()
          ? this
          : new Why(verdict, cause, chain.isEmpty() ? function : chain + " > " + function);
    }
  }

  private final Program program;
  private final LocalContexts locals;

  LockWitness(Program program, Assertions assertions) {
    this.program = program;
    this.locals = new LocalContexts(program, assertions);
  }

  Why onEntry(FunctionRef function, String lock) {
    return up(function, lock, Contexts.MAX_LEVELS, new HashSet<>());
  }

  private Why up(FunctionRef function, String lock, int levels, Set<FunctionRef> open) {
    List<CallGraph.Way> ways = CallGraph.of(program).into(function);
    if (ways.isEmpty()) {
      return unknown("nobody calls it", function);
    }
    if (ways.size() > Contexts.MAX_WAYS) {
      return unknown("too many ways in", function);
    }
    if (levels == 0) {
      return unknown("too many levels", function);
    }
    open.add(function);
    Why worst = Why.HELD;
    for (CallGraph.Way way : ways) {
      Why here = by(way, function, lock, levels - 1, open).under(function.toString());
      if (here.verdict() == Verdict.NOT_HELD) {
        worst = here;
        break;
      }
      worst = worst.verdict() == Verdict.HELD ? here : worst;
    }
    open.remove(function);
    return worst;
  }

  private static Why unknown(String cause, FunctionRef function) {
    return new Why(Verdict.UNKNOWN, cause, function.toString());
  }

  private Why by(
      CallGraph.Way way, FunctionRef function, String lock, int levels, Set<FunctionRef> open) {
    if (way instanceof CallGraph.Way.Core core) {
      Api row = core.row();
      return lock.equals(row.texts().get("lock"))
          ? Why.HELD
          : new Why(Verdict.NOT_HELD, "core: " + row.name(), "");
    }
    if (way instanceof CallGraph.Way.Unknown out) {
      OpsTables.Escape e = out.escape();
      String how =
          e.callee().isEmpty()
              ? e.field().map(f -> "field " + f).orElse("stored in an unknown field")
              : "passed to " + e.callee() + "#" + e.argument();
      return new Why(Verdict.UNKNOWN, how, "");
    }
    Optional<FunctionRef> caller = way.caller();
    if (caller.isEmpty() || open.contains(caller.get())) {
      return Why.HELD; // A ring adds no way in.
    }
    LocalContext here = locals.atCalls(caller.get(), function, way);
    if (here.held().locks().containsKey(lock)) {
      return Why.HELD;
    }
    if (here.released().contains(lock) || here.released().contains(LocalContext.ANY_LOCK)) {
      return new Why(Verdict.NOT_HELD, "given back before the call", caller.get().toString());
    }
    return up(caller.get(), lock, levels, open);
  }
}
