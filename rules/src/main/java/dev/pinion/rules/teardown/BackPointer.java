// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.facts.PointerStore;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Optional;

/**
 * A pointer to the dying object that lies beside the lock: who destroys the object takes it out of
 * all that point to it, under their locks. Whoever drops a reference that was got by such a
 * pointer, with its lock held, waits for itself.
 */
final class BackPointer {
  private BackPointer() {}

  /** Whether the function that takes the lock stores to a pointer to the object beside the lock. */
  static boolean isCleared(Program program, CollisionJudge judge, Collision collision) {
    Optional<String> object = tag(program, judge);
    Optional<AccessPath> lock = collision.taken().path();
    Optional<AccessPath> held = judge.held(collision.held());
    if (object.isEmpty() || lock.isEmpty() || held.isEmpty() || !isBeside(judge, held.get())) {
      return false;
    }
    Contexts.Body body = Contexts.of(program).body(collision.reached().function());
    String file = collision.reached().function().file();
    for (PointerStore store : program.facts(collision.reached().function()).pointerStores()) {
      List<Step> steps = store.target().steps();
      AccessPath holder = lock.get().holder();
      boolean beside =
          steps.size() == 1 && body.typing().typed(holder.thenAll(steps)).equals(store.target());
      boolean pointsToObject =
          program
              .types()
              .resolve(store.target(), file)
              .flatMap(p -> program.types().tag(p.type(), p.file()))
              .filter(object.get()::equals)
              .isPresent();
      if (beside && pointsToObject) {
        return true;
      }
    }
    return false;
  }

  /** Whether the lock hangs on the object from which the dropped pointer is read. */
  private static boolean isBeside(CollisionJudge judge, AccessPath lock) {
    return judge.object() instanceof Value.Load load && load.path().root().equals(lock.root());
  }

  private static Optional<String> tag(Program program, CollisionJudge judge) {
    Contexts.Body body = Contexts.of(program).body(judge.function());
    return judge.object() instanceof Value.Load load
        ? program
            .types()
            .resolve(body.typing().typed(load.path()), judge.function().file())
            .flatMap(p -> program.types().tag(p.type(), p.file()))
        : Optional.empty();
  }
}
