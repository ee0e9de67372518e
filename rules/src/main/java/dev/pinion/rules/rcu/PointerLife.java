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
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.GracePeriods;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuPointers;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which variables hold the object of a pointer that readers follow, whether that pointer may have
 * been set to something else on some path, and whether a grace period has passed since. Only
 * pointers that the function sets, itself or in a callee, are followed. What a place pointed to is
 * in the state under the place's own name as well, once it was replaced.
 */
final class PointerLife implements Analysis<SortedMap<String, Held>> {
  private static final String PLACE = "*";

  private final Program program;
  private final FunctionRef function;
  private final Typing typing;
  private final IdentityHashMap<Instruction, PointerEffects.Effect> effects =
      new IdentityHashMap<>();

  /** The pointers that are set here, by their canonical paths. */
  private final Map<String, FieldRef> pointers = new HashMap<>();

  private final IdentityHashMap<Instruction, Set<Condition>> conditions = new IdentityHashMap<>();

  PointerLife(
      Program program, FunctionRef function, Contexts.Body body, PointerEffects pointerEffects) {
    this.program = program;
    this.function = function;
    this.typing = body.typing();
    for (Instruction.Call call : Calls.of(body.function())) {
      PointerEffects.Effect effect = pointerEffects.of(function, typing, call);
      if (!effect.isNone()) {
        effects.put(call, effect);
        effect.settings().forEach(s -> pointers.put(s.place().toString(), s.pointer()));
      }
    }
    if (!effects.isEmpty()) {
      SureConditions.of(body.function())
          .forEach((block, instruction, sure) -> conditions.put(instruction, sure));
    }
  }

  /** Whether that name in a state is a place's, and no variable's. */
  static boolean isPlace(String name) {
    return name.startsWith(PLACE);
  }

  /** Parameters for which a caller passes what a pointer has that is set here. */
  @Override
  public SortedMap<String, Held> entry() {
    SortedMap<String, Held> state = new TreeMap<>();
    effects
        .values()
        .forEach(
            e ->
                e.settings()
                    .forEach(
                        s ->
                            PassedObjects.of(program, function, s)
                                .forEach(p -> state.put(p, Held.now(s.pointer(), s.place())))));
    return state;
  }

  @Override
  public SortedMap<String, Held> join(SortedMap<String, Held> left, SortedMap<String, Held> right) {
    if (left.equals(right)) {
      return left;
    }
    SortedMap<String, Held> all = new TreeMap<>(left);
    right.forEach((name, held) -> all.merge(name, held, Held::join));
    return all;
  }

  @Override
  public SortedMap<String, Held> after(Instruction instruction, SortedMap<String, Held> before) {
    if (effects.isEmpty()) {
      return before;
    }
    return instruction instanceof Instruction.Assign assign
        ? assigned(assign, before)
        : called((Instruction.Call) instruction, before);
  }

  private SortedMap<String, Held> assigned(
      Instruction.Assign assign, SortedMap<String, Held> before) {
    SortedMap<String, Held> state = without(assign.target(), before);
    if (assign.target().isVariable()) {
      held(assign.value(), before).ifPresent(h -> state.put(assign.target().root(), h));
    }
    return state;
  }

  /** The object that a value is of which something is known. */
  private Optional<Held> held(Value value, SortedMap<String, Held> state) {
    if (value instanceof Value.ContainerOf entry) {
      return held(entry.inner(), state);
    }
    Optional<String> variable = PointerEffects.variable(value);
    if (variable.isPresent() && state.containsKey(variable.get())) {
      return Optional.ofNullable(state.get(variable.get()));
    }
    return value instanceof Value.Load load ? fetched(load.path()) : Optional.empty();
  }

  private Optional<Held> fetched(AccessPath path) {
    AccessPath place = typing.canonical(path);
    return Optional.ofNullable(pointers.get(place.toString())).map(p -> Held.now(p, place));
  }

  private SortedMap<String, Held> called(Instruction.Call call, SortedMap<String, Held> before) {
    SortedMap<String, Held> state = new TreeMap<>(before);
    state.replaceAll(
        (name, held) ->
            held.replaced()
                .filter(r -> !r.hasWaited() && waits(held, call))
                .map(r -> held.replacedBy(r.waitedAt(call.position())))
                .orElse(held));
    PointerEffects.Effect effect = effects.getOrDefault(call, PointerEffects.Effect.NONE);
    for (PointerEffects.Setting setting : effect.settings()) {
      set(setting, call, state);
    }
    Set<Condition> when = conditions.getOrDefault(call, Set.of());
    effect
        .replaced()
        .forEach(
            (i, held) ->
                PointerEffects.variable(call.arguments().get(i))
                    .ifPresent(v -> state.put(v, onlyWhen(held, when))));
    if (call.result().isEmpty()) {
      return state;
    }
    AccessPath result = call.result().get();
    Optional<Held> given =
        effect
            .result()
            .map(h -> onlyWhen(h, when))
            .or(() -> fetchedBy(call))
            .or(
                () ->
                    PointerGetters.of(program)
                        .place(function, typing, call)
                        .flatMap(this::fetched));
    SortedMap<String, Held> after = without(result, state);
    if (result.isVariable()) {
      given.ifPresent(h -> after.put(result.root(), h));
    }
    return after;
  }

  private boolean waits(Held held, Instruction.Call call) {
    return GracePeriods.of(program)
        .waits(function, call, RcuPointers.of(program).flavours(held.pointer()));
  }

  private static Held onlyWhen(Held held, Set<Condition> when) {
    return held.replacedBy(held.replaced().orElseThrow().onlyWhen(when));
  }

  private Optional<Held> fetchedBy(Instruction.Call call) {
    int argument = PointerGetters.of(program).fetched(call.name(), function.file());
    return argument >= 0
            && argument < call.arguments().size()
            && call.arguments().get(argument) instanceof Value.Load load
        ? fetched(load.path())
        : Optional.empty();
  }

  /** What the pointer pointed to is replaced, unless it is set to that again. */
  private void set(
      PointerEffects.Setting setting, Instruction.Call call, SortedMap<String, Held> state) {
    Held old =
        Held.now(setting.pointer(), setting.place())
            .replacedBy(setting.how().onlyWhen(conditions.getOrDefault(call, Set.of())));
    state.replaceAll(
        (name, held) ->
            !held.isReplaced()
                    && held.place().equals(setting.place())
                    && !setting.value().equals(Optional.of(name))
                ? old
                : held);
    state.put(PLACE + setting.place(), old);
    setting.value().ifPresent(v -> state.put(v, Held.now(setting.pointer(), setting.place())));
  }

  /** A variable that is assigned no longer holds what it held, and leads elsewhere. */
  private static SortedMap<String, Held> without(AccessPath target, SortedMap<String, Held> state) {
    SortedMap<String, Held> fewer = new TreeMap<>();
    state.forEach(
        (name, held) -> {
          boolean leadsElsewhere =
              !held.isReplaced()
                  && target.isVariable()
                  && held.place().root().equals(target.root());
          if (!leadsElsewhere && !(target.isVariable() && name.equals(target.root()))) {
            fewer.put(
                name,
                held.replaced()
                    .map(r -> r.onlyWhen(SureConditions.without(target, r.when())))
                    .map(held::replacedBy)
                    .orElse(held));
          }
        });
    return fewer;
  }

  /** A test may rule out that the pointer was set, or that there was an object, or tell which. */
  @Override
  public SortedMap<String, Held> along(
      Terminator terminator, int successor, SortedMap<String, Held> state) {
    Optional<Condition> learned = SureConditions.learned(terminator, successor);
    if (learned.isEmpty() || effects.isEmpty()) {
      return state;
    }
    Condition condition = learned.get();
    SortedMap<String, Held> possible = new TreeMap<>(state);
    possible
        .values()
        .removeIf(
            h -> h.replaced().filter(r -> r.when().contains(condition.negated())).isPresent());
    if (condition.operator() == Condition.Operator.EQ) {
      Optional<String> left = PointerEffects.variable(condition.left());
      if (condition.right().equals(Value.ZERO)) {
        left.ifPresent(possible::remove);
      } else {
        same(left, condition.right(), possible);
        same(PointerEffects.variable(condition.right()), condition.left(), possible);
      }
    }
    return possible;
  }

  /** What a variable equals, it holds. */
  private void same(Optional<String> variable, Value other, SortedMap<String, Held> state) {
    if (variable.isPresent() && !state.containsKey(variable.get())) {
      held(other, state).filter(h -> !h.isReplaced()).ifPresent(h -> state.put(variable.get(), h));
    }
  }
}
