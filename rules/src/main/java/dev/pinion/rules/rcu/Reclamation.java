// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.SureConditions;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Flavour;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.GracePeriods;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which objects may have been taken off an RCU list on some path, and whether a grace period has
 * passed since. The state maps the object's canonical path to its last removal; where paths meet,
 * all removals stay, and one that has not waited beats one that has.
 */
final class Reclamation implements Analysis<SortedMap<String, Unlinked>> {
  private final Program program;
  private final FunctionRef function;
  private final Unlinks unlinks;
  private final Typing typing;

  private final IdentityHashMap<Instruction, Set<Condition>> conditions = new IdentityHashMap<>();

  Reclamation(Program program, FunctionRef function, Contexts.Body body, Unlinks unlinks) {
    this.program = program;
    this.function = function;
    this.typing = body.typing();
    this.unlinks = unlinks;
    SureConditions.of(body.function())
        .forEach((block, instruction, sure) -> conditions.put(instruction, sure));
  }

  @Override
  public SortedMap<String, Unlinked> entry() {
    return new TreeMap<>();
  }

  @Override
  public SortedMap<String, Unlinked> join(
      SortedMap<String, Unlinked> left, SortedMap<String, Unlinked> right) {
    if (left.equals(right)) {
      return left;
    }
    SortedMap<String, Unlinked> all = new TreeMap<>(left);
    right.forEach((path, unlinked) -> all.merge(path, unlinked, Unlinked::lessWaited));
    return all;
  }

  @Override
  public SortedMap<String, Unlinked> after(
      Instruction instruction, SortedMap<String, Unlinked> before) {
    if (instruction instanceof Instruction.Assign assign) {
      return without(assign.target(), before);
    }
    Instruction.Call call = (Instruction.Call) instruction;
    SortedMap<String, Unlinked> state = call.result().map(r -> without(r, before)).orElse(before);
    if (!state.isEmpty()) {
      SortedMap<String, Unlinked> waited = new TreeMap<>();
      state.forEach(
          (path, unlinked) ->
              waited.put(
                  path, isAwaited(unlinked, call) ? unlinked.waitedAt(call.position()) : unlinked));
      state = waited;
    }
    Optional<AccessPath> inserted = state.isEmpty() ? Optional.empty() : insertedAgain(call);
    if (inserted.isPresent()) {
      SortedMap<String, Unlinked> fewer = new TreeMap<>(state);
      fewer
          .entrySet()
          .removeIf(
              e ->
                  e.getKey().equals(inserted.get().holder().toString())
                      && e.getValue().field().field().equals(inserted.get().lastField()));
      return fewer;
    }
    Map<String, Unlinked> removed = unlinks.by(function, typing, call);
    if (removed.isEmpty()) {
      return state;
    }
    SortedMap<String, Unlinked> more = new TreeMap<>(state);
    Set<Condition> when = conditions.getOrDefault(call, Set.of());
    removed.forEach((path, unlinked) -> more.put(path, unlinked.onlyWhen(when)));
    return more;
  }

  private boolean isAwaited(Unlinked unlinked, Instruction.Call call) {
    Set<Flavour> flavours = RcuLists.of(program).flavours(unlinked.field());
    return GracePeriods.of(program).waits(function, call, flavours);
  }

  /** The node that is put on a list; by another node of the object it is still gone from ours. */
  private Optional<AccessPath> insertedAgain(Instruction.Call call) {
    Optional<Api> api =
        program.model().find("list", call.name()).filter(a -> a.operation().equals("insert"));
    return api.map(a -> a.argument("node"))
        .filter(n -> n >= 0 && n < call.arguments().size())
        .map(n -> typing.canonical(call.arguments().get(n)))
        .flatMap(v -> v instanceof Value.AddressOf a ? Optional.of(a.path()) : Optional.empty());
  }

  /** A variable that is assigned no longer names the object it named. */
  private static SortedMap<String, Unlinked> without(
      AccessPath target, SortedMap<String, Unlinked> state) {
    String path = target.toString();
    if (state.isEmpty()) {
      return state;
    }
    SortedMap<String, Unlinked> fewer = new TreeMap<>();
    state.forEach(
        (object, unlinked) -> {
          if (!object.equals(path) && !object.startsWith(path + "->")) {
            fewer.put(object, unlinked.onlyWhen(SureConditions.without(target, unlinked.when())));
          }
        });
    return fewer;
  }

  /** On a way that a test before the removal rules out, the object was not removed. */
  @Override
  public SortedMap<String, Unlinked> along(
      Terminator terminator, int successor, SortedMap<String, Unlinked> state) {
    Optional<Condition> learned = SureConditions.learned(terminator, successor);
    if (learned.isEmpty() || state.isEmpty()) {
      return state;
    }
    SortedMap<String, Unlinked> possible = new TreeMap<>(state);
    possible.values().removeIf(u -> u.when().contains(learned.get().negated()));
    return possible;
  }
}
