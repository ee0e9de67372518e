// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.ReachingDefinitions;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Locks under their tree-wide names and, beside that, by the path by which the function itself
 * names them: whether two locks of one name are one lock, only the paths can tell.
 */
public final class LockPlaces {
  private final Program program;
  private final LockIdentity identity;

  private LockPlaces(Program program) {
    this.program = program;
    this.identity = new LockIdentity(program);
  }

  public static LockPlaces of(Program program) {
    return program.memo(LockPlaces.class, () -> new LockPlaces(program));
  }

  /**
   * A lock that is surely held at some call.
   *
   * @param path canonical in the function's names; empty if callers hold it, or if it has no place
   */
  public record Held(TypedLock lock, Optional<AccessPath> path) {}

  /**
   * A call that takes a lock, and waits until it has it.
   *
   * @param path canonical in the function's names; empty if the lock has no place
   */
  public record Taken(TypedLock lock, Optional<AccessPath> path, Instruction.Call call) {}

  /** The locks surely held before that call, those of callers included, by name. */
  public List<Held> at(FunctionRef function, Instruction.Call call) {
    Contexts.Body body = Contexts.of(program).body(function);
    List<Held> all = new ArrayList<>();
    for (TypedLock lock : Contexts.of(program).at(function, call).locks().values()) {
      all.add(new Held(lock, Optional.empty()));
    }
    body.locks()
        .forEach(
            (block, instruction, before) -> {
              if (instruction.equals(call)) {
                all.replaceAll(
                    h -> new Held(h.lock(), own(h.lock(), before, call, body, function)));
              }
            });
    return all;
  }

  private Optional<AccessPath> own(
      TypedLock lock,
      LockState state,
      Instruction.Call call,
      Contexts.Body body,
      FunctionRef function) {
    return state.locks().values().stream()
        .filter(l -> isNamed(l, lock.identity(), body, function))
        .filter(l -> meansTheSame(l, call, body))
        .findFirst()
        .flatMap(HeldLock::path);
  }

  /** Whether the path leads where it led when the lock was taken. */
  private static boolean meansTheSame(HeldLock lock, Instruction.Call call, Contexts.Body body) {
    String root = lock.path().map(AccessPath::root).orElse("");
    Cfg cfg = body.function().cfg();
    return Calls.of(body.function()).stream()
        .filter(c -> c.position().equals(lock.position()))
        .allMatch(
            taking ->
                ReachingDefinitions.of(cfg, root, taking)
                    .equals(ReachingDefinitions.of(cfg, root, call)));
  }

  private boolean isNamed(HeldLock lock, String wanted, Contexts.Body body, FunctionRef function) {
    return typed(lock, body, function).filter(t -> t.identity().equals(wanted)).isPresent();
  }

  private Optional<TypedLock> typed(HeldLock lock, Contexts.Body body, FunctionRef function) {
    return identity.of(LockFacts.Held.of(lock, body.typing()), function.file());
  }

  /** Whether a lock of that name is still surely held when the call has returned. */
  public boolean isHeldAfter(FunctionRef function, Instruction.Call call, String wanted) {
    Contexts.Body body = Contexts.of(program).body(function);
    boolean[] found = {false};
    body.locks()
        .forEach(
            (block, instruction, before) ->
                found[0] |=
                    instruction.equals(call)
                        && body.locks().analysis().after(call, before).locks().values().stream()
                            .anyMatch(l -> isNamed(l, wanted, body, function)));
    return found[0];
  }

  /** Whether a lock of that name may be given back by then that the function has not taken. */
  public boolean mayGiveBack(FunctionRef function, Instruction.Call before, String wanted) {
    Contexts.Body body = Contexts.of(program).body(function);
    boolean[] found = {!body.locks().complete()};
    body.locks()
        .forEach(
            (block, instruction, state) ->
                found[0] |=
                    instruction.equals(before)
                        && state.released().values().stream()
                            .anyMatch(l -> isNamed(l, wanted, body, function)));
    return found[0];
  }

  /** Where the function takes a lock of that name by a primitive that waits for it. */
  public List<Taken> taken(FunctionRef function, String wanted) {
    Contexts.Body body = Contexts.of(program).body(function);
    List<Taken> all = new ArrayList<>();
    if (!body.locks().complete()) {
      return all;
    }
    body.locks()
        .forEach(
            (block, instruction, before) -> {
              if (instruction instanceof Instruction.Call call && waits(call)) {
                taken(call, body.locks().analysis().after(call, before), body, function)
                    .filter(t -> t.lock().identity().equals(wanted))
                    .ifPresent(all::add);
              }
            });
    return all;
  }

  private boolean waits(Instruction.Call call) {
    return program
        .model()
        .find("lock", call.name())
        .filter(a -> a.does("lock", "acquire", "try-zero") && !a.is("bounded"))
        .isPresent();
  }

  private Optional<Taken> taken(
      Instruction.Call call, LockState after, Contexts.Body body, FunctionRef function) {
    return Stream.concat(
            after.locks().values().stream(),
            after.pending().values().stream().map(LockState.Pending::lock))
        .filter(l -> l.position().equals(call.position()))
        .filter(l -> l.claim() == HeldLock.Claim.TAKEN)
        .findFirst()
        .flatMap(l -> typed(l, body, function).map(t -> new Taken(t, l.path(), call)));
  }
}
