// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.dataflow.LockEffect.Kind;
import dev.pinion.analyzer.dataflow.LockEffect.Place;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a function leaves behind for its caller: locks it holds on every return, and those it may
 * have given back on some. A lock that hangs on one of the function's own variables means nothing
 * to a caller and is left out.
 */
public final class NetLocks {
  private NetLocks() {}

  /** The effects of a call; ends come first, as in "drop it and take it again". */
  public static List<LockEffect> of(Function function, Solution<LockState> solution) {
    Optional<LockState> exit = exit(function, solution);
    if (exit.isEmpty()) {
      return List.of();
    }
    List<LockEffect> effects = new ArrayList<>();
    exit.get().released().values().forEach(l -> add(Kind.RELEASE, l, function, effects));
    exit.get().left().values().forEach(s -> add(Kind.LEAVE, s, effects));
    exit.get().locks().values().stream()
        .filter(l -> l.claim() == HeldLock.Claim.TAKEN)
        .forEach(l -> add(Kind.ACQUIRE, l, function, effects));
    exit.get().sections().values().forEach(s -> add(Kind.ENTER, s, effects));
    return effects;
  }

  private static Optional<LockState> exit(Function function, Solution<LockState> solution) {
    if (!solution.complete()) {
      return Optional.empty();
    }
    Optional<LockState> common = Optional.empty();
    for (BasicBlock block : function.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return) {
        Optional<LockState> here = solution.exit(block.id());
        Optional<LockState> known = common;
        common =
            here.isEmpty() ? known : Optional.of(known.map(here.get()::meet).orElse(here.get()));
      }
    }
    return common;
  }

  private static void add(Kind kind, HeldLock lock, Function function, List<LockEffect> into) {
    Optional<Place> place =
        lock.path().isEmpty()
            ? Optional.of(new Place(-1, lock.name(), List.of()))
            : place(lock.path().get(), function);
    place.ifPresent(p -> into.add(new LockEffect(kind, p, lock.mode(), "")));
  }

  /** Sections of SRCU are named by their {@code srcu_struct}, which is not followed to callers. */
  private static void add(Kind kind, Section section, List<LockEffect> into) {
    if (!section.flavour().startsWith("srcu:")) {
      into.add(new LockEffect(kind, Place.NONE, HeldLock.Mode.SHARED, section.flavour()));
    }
  }

  private static Optional<Place> place(AccessPath path, Function function) {
    Optional<Variable> variable = function.variable(path.root());
    if (variable.isEmpty()) {
      return path.isTemporary()
          ? Optional.empty()
          : Optional.of(new Place(-1, path.root(), path.steps()));
    }
    return variable.get().kind() == Variable.Kind.PARAMETER
        ? Optional.of(new Place(function.parameterIndex(path.root()), "", path.steps()))
        : Optional.empty();
  }
}
