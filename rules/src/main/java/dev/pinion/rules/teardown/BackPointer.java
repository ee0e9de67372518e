// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Optional;

/**
 * A pointer to the dying object that lies beside the lock: who destroys the object takes it out of
 * all that point to it, under their locks. Whoever drops a reference that was got by such a
 * pointer, with its lock held, waits for itself.
 */
final class BackPointer {
  private BackPointer() {}

  /**
   * Whether the function that takes the lock clears a pointer to such an object beside the lock.
   */
  static boolean isCleared(Program program, CollisionJudge judge, Collision collision) {
    Optional<String> object = tag(program, judge);
    Optional<AccessPath> lock = collision.taken().path();
    Optional<AccessPath> held = judge.held(collision.held());
    if (object.isEmpty() || lock.isEmpty() || held.isEmpty() || !isBeside(judge, held.get())) {
      return false;
    }
    FunctionRef taker = collision.reached().function();
    Contexts.Body body = Contexts.of(program).body(taker);
    AccessPath holder = lock.get().holder();
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && isMemberOf(holder, body.typing().canonical(assign.target()))
            && pointsTo(program, body, assign.target(), taker, object.get())
            && Cleared.isNull(program, collision.reached(), assign.value())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMemberOf(AccessPath holder, AccessPath target) {
    return target.startsWith(holder) && target.steps().size() == holder.steps().size() + 1;
  }

  private static boolean pointsTo(
      Program program, Contexts.Body body, AccessPath place, FunctionRef function, String tag) {
    return program
        .types()
        .resolve(body.typing().typed(place), function.file())
        .filter(p -> p.type().pointers() == 1)
        .flatMap(p -> program.types().tag(p.type(), p.file()))
        .filter(tag::equals)
        .isPresent();
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
