// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Variable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which locks a function itself takes, at some place and for however long; from facts. */
public final class Takings {
  private final Program program;
  private final LockIdentity identity;

  private Takings(Program program) {
    this.program = program;
    this.identity = new LockIdentity(program);
  }

  public static Takings of(Program program) {
    return program.memo(Takings.class, () -> new Takings(program));
  }

  /** The locks by identity, those included that it only tries to take. */
  public SortedMap<String, TypedLock> in(FunctionRef function) {
    return program.memo(List.of("Takings.in", function), () -> find(function));
  }

  private SortedMap<String, TypedLock> find(FunctionRef function) {
    FunctionFacts facts = program.facts(function);
    SortedMap<String, TypedLock> all = new TreeMap<>();
    for (LockFacts.Region region : facts.locks().regions()) {
      for (LockFacts.Held held : region.locks()) {
        if (held.claim() == HeldLock.Claim.TAKEN) {
          add(held, function.file(), all);
        }
      }
    }
    for (LockEffect effect : facts.locks().effects()) {
      if (effect.kind() == LockEffect.Kind.ACQUIRE && !effect.isOfSection()) {
        path(effect.lock(), facts)
            .ifPresent(
                p ->
                    add(
                        new LockFacts.Held(
                            p, effect.mode(), HeldLock.Claim.TAKEN, facts.position()),
                        function.file(),
                        all));
      }
    }
    return all;
  }

  private void add(LockFacts.Held held, String file, SortedMap<String, TypedLock> into) {
    identity.of(held, file).ifPresent(l -> into.merge(l.identity(), l, TypedLock::weakest));
  }

  private static Optional<TypedPath> path(LockEffect.Place place, FunctionFacts facts) {
    if (place.parameter() < 0) {
      return place.global().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new TypedPath(TypedPath.Origin.GLOBAL, place.global(), CType.UNKNOWN, place.steps()));
    }
    if (place.parameter() >= facts.parameters().size()) {
      return Optional.empty();
    }
    Variable parameter = facts.parameters().get(place.parameter());
    return Optional.of(
        new TypedPath(
            TypedPath.Origin.VARIABLE, parameter.name(), parameter.type(), place.steps()));
  }
}
