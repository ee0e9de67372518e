// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuPointers;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What calls do to pointers that readers follow without a lock: they set one, and so replace what
 * it pointed to, directly or in a callee, which may have waited for a grace period since.
 */
final class PointerEffects {
  /** How many calls deep a pointer may be set. */
  private static final int MAX_LEVELS = 1;

  private final Program program;

  /** How many calls deep this looks. */
  private final int levels;

  private PointerEffects(Program program, int levels) {
    this.program = program;
    this.levels = levels;
  }

  static PointerEffects of(Program program) {
    return new PointerEffects(program, MAX_LEVELS);
  }

  /**
   * A pointer that is set.
   *
   * @param place its canonical path in the function at hand
   * @param value the variable whose content it is set to; empty for anything else
   * @param before the variable whose object's own pointer it is set to, {@code p = x->next}: then
   *     that object is what the pointer had
   */
  record Setting(
      FieldRef pointer,
      AccessPath place,
      Optional<String> value,
      Optional<String> before,
      Replaced how) {}

  /**
   * What a call does, or a function that is called.
   *
   * @param settings the pointers that are set
   * @param replaced the arguments, or parameters, whose objects may have been replaced
   * @param result the object that is returned, if it may have been replaced
   */
  record Effect(List<Setting> settings, SortedMap<Integer, Held> replaced, Optional<Held> result) {
    static final Effect NONE = new Effect(List.of(), new TreeMap<>(), Optional.empty());

    boolean isNone() {
      return equals(NONE);
    }
  }

  /** The files of functions that set such pointers, or call someone by name who does, sorted. */
  Collection<String> files() {
    return program.memo("PointerEffects.files", this::find);
  }

  private Collection<String> find() {
    Collection<FunctionRef> all = new TreeSet<>();
    for (Api api : program.model().family("rcu")) {
      if (api.operation().equals("publish")) {
        for (String path : program.files(Term.OPERATION, api.name())) {
          program.functionsIn(path).stream().filter(this::sets).forEach(all::add);
        }
      }
    }
    Collection<String> files = new TreeSet<>();
    for (FunctionRef function : all) {
      files.add(function.file());
      program.functionsCalling(function.name()).forEach(f -> files.add(f.file()));
    }
    return files;
  }

  /** Whether the function sets a pointer that readers follow, or calls someone who does. */
  boolean areIn(FunctionRef function) {
    return program.memo(
        List.of("PointerEffects.areIn", function, levels),
        () ->
            sets(function)
                || (levels > 0
                    && program.callees(function).stream()
                        .flatMap(c -> program.resolve(c, function.file()).stream())
                        .anyMatch(c -> new PointerEffects(program, levels - 1).haveEffect(c))));
  }

  private boolean haveEffect(FunctionRef callee) {
    return areIn(callee) && !summary(callee).isNone();
  }

  private boolean sets(FunctionRef function) {
    RcuPointers pointers = RcuPointers.of(program);
    return program.operations(function).stream()
        .flatMap(o -> pointers.use(function, o).stream())
        .filter(u -> u.api().operation().equals("publish"))
        .anyMatch(u -> pointers.pointer(u).filter(pointers::isFollowed).isPresent());
  }

  /** What the call does, in the caller's names. */
  Effect of(FunctionRef caller, Typing typing, Instruction.Call call) {
    Optional<Api> api =
        program.model().find("rcu", call.name()).filter(a -> a.operation().equals("publish"));
    if (api.isPresent()) {
      return new PointerStore(program, caller, typing).effect(call, api.get());
    }
    if (call.name().isEmpty() || levels == 0) {
      return Effect.NONE;
    }
    PointerEffects below = new PointerEffects(program, levels - 1);
    return program
        .resolve(call.name(), caller.file())
        .filter(c -> !c.equals(caller) && below.areIn(c))
        .map(c -> below.seenBy(typing, call, c))
        .orElse(Effect.NONE);
  }

  static Optional<String> variable(Value value) {
    return value instanceof Value.Load load && load.path().isVariable()
        ? Optional.of(load.path().root())
        : Optional.empty();
  }

  /** What a callee does, in the names of a caller. */
  private Effect seenBy(Typing typing, Instruction.Call call, FunctionRef callee) {
    Effect effect = summary(callee);
    List<String> parameters = program.parameters(callee).stream().map(v -> v.name()).toList();
    List<Setting> settings = new ArrayList<>();
    for (Setting setting : effect.settings()) {
      inCaller(setting.place(), parameters, typing, call)
          .ifPresent(
              place ->
                  settings.add(
                      new Setting(
                          setting.pointer(),
                          place,
                          setting
                              .value()
                              .map(parameters::indexOf)
                              .flatMap(i -> PointerStore.argument(call, i))
                              .flatMap(PointerEffects::variable),
                          Optional.empty(),
                          setting.how().calledAt(call.position()))));
    }
    SortedMap<Integer, Held> replaced = new TreeMap<>();
    effect
        .replaced()
        .forEach((i, held) -> replaced.put(i, inCaller(held, parameters, typing, call)));
    return new Effect(
        settings, replaced, effect.result().map(h -> inCaller(h, parameters, typing, call)));
  }

  private static Held inCaller(
      Held held, List<String> parameters, Typing typing, Instruction.Call call) {
    AccessPath place =
        inCaller(held.place(), parameters, typing, call).orElse(AccessPath.variable("?"));
    return Held.now(held.pointer(), place)
        .replacedBy(held.replaced().orElseThrow().calledAt(call.position()));
  }

  /** A place that the callee names by a parameter, or a variable that is not the callee's own. */
  private static Optional<AccessPath> inCaller(
      AccessPath place, List<String> parameters, Typing typing, Instruction.Call call) {
    int parameter = parameters.indexOf(place.root());
    return parameter < 0
        ? Optional.of(place).filter(p -> !typing.declares(p.root()))
        : PointerStore.argument(call, parameter).flatMap(a -> typing.inside(a, place.steps()));
  }

  /** What a function may have done when it returns, as far as its callers can name it. */
  private Effect summary(FunctionRef function) {
    return program.memo(
        List.of("PointerEffects.summary", function, levels), () -> computeSummary(function));
  }

  private Effect computeSummary(FunctionRef function) {
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<SortedMap<String, Held>> solution =
        Solver.forward(body.function().cfg(), new PointerLife(program, function, body, this));
    if (!solution.complete()) {
      return Effect.NONE;
    }
    SortedMap<String, Held> places = new TreeMap<>();
    SortedMap<Integer, Held> replaced = new TreeMap<>();
    Optional<Held> result = Optional.empty();
    for (BasicBlock block : body.function().cfg().blocks()) {
      if (!(block.terminator() instanceof Terminator.Return leave)) {
        continue;
      }
      SortedMap<String, Held> atExit = solution.exit(block.id()).orElse(new TreeMap<>());
      atExit.forEach(
          (name, held) -> {
            int parameter = body.function().parameterIndex(name);
            if (PointerLife.isPlace(name)) {
              places.merge(name, held, Held::join);
            } else if (parameter >= 0 && held.isReplaced()) {
              replaced.merge(parameter, held, Held::join);
            }
          });
      Optional<Held> returned =
          leave
              .value()
              .flatMap(PointerEffects::variable)
              .flatMap(v -> Optional.ofNullable(atExit.get(v)))
              .filter(Held::isReplaced);
      Optional<Held> before = result;
      result = returned.map(r -> before.map(r::join).orElse(r)).or(() -> before);
    }
    return new Effect(settings(body, places.values()), replaced, result);
  }

  /** Those of the pointers set that a caller can name. */
  private static List<Setting> settings(Contexts.Body body, Collection<Held> places) {
    Function function = body.function();
    return places.stream()
        .filter(
            h ->
                function.parameterIndex(h.place().root()) >= 0
                    || function.variable(h.place().root()).isEmpty())
        .map(
            h ->
                new Setting(
                    h.pointer(),
                    h.place(),
                    Optional.empty(),
                    Optional.empty(),
                    h.replaced().orElseThrow()))
        .toList();
  }
}
