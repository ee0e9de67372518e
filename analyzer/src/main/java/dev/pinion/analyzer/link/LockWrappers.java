// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.CorrelatedLocks;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.dataflow.NetLocks;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Functions, macros and guards that leave a lock held, or give one back, for their caller: {@code
 * rtnl_lock()} and its like, known by their bodies. A name has a rank above those of all that it
 * calls: what it leaves behind is computed from theirs, when it is asked.
 */
public final class LockWrappers {
  /** The rank of what calls itself in a ring: only what its own facts say it gives back counts. */
  private static final int IN_A_RING = -1;

  /** What the guard's argument is called in its code, here. */
  private static final String OBJECT = "_T";

  private final Program program;
  private final Map<String, EnumSet<LockEffect.Kind>> kinds = new HashMap<>();
  private final Map<String, Integer> ranks = new HashMap<>();
  private final Map<String, Guard> guards = new HashMap<>();

  /** One half of a guard's definition. */
  private record Guard(MacroText body, String file) {}

  private LockWrappers(Program program) {
    this.program = program;
    program.forEachFunction((ref, f) -> addDirect(f));
    addGuards();
    Map<String, Set<String>> calls = new TreeMap<>();
    program.forEachMacro(
        (file, macro) -> addCalls(macro.name(), MacroText.of(macro.body()), calls));
    guards.forEach((name, guard) -> addCalls(name, guard.body(), calls));
    int before;
    do {
      before = kinds.size();
      calls.forEach(this::addMacro);
      program.forEachFunction((ref, f) -> addWrapper(f));
    } while (kinds.size() > before);
    rank(calls);
  }

  private static void addCalls(String name, MacroText body, Map<String, Set<String>> into) {
    for (MacroText.Call call : body.calls()) {
      into.computeIfAbsent(name, n -> new HashSet<>(2)).add(call.name());
    }
  }

  /** The wrappers of a program, collected once. */
  public static LockWrappers of(Program program) {
    return program.memo(LockWrappers.class, () -> new LockWrappers(program));
  }

  private void addDirect(FunctionFacts function) {
    if (!isPrimitive(function.name())) {
      for (LockEffect effect : function.locks().effects()) {
        add(function.name(), EnumSet.of(effect.kind()));
      }
    }
  }

  private void add(String name, EnumSet<LockEffect.Kind> more) {
    kinds.computeIfAbsent(name, n -> EnumSet.noneOf(LockEffect.Kind.class)).addAll(more);
  }

  private void addMacro(String name, Set<String> callees) {
    if (isPrimitive(name) || kinds.containsKey(name)) {
      return;
    }
    EnumSet<LockEffect.Kind> inside = EnumSet.noneOf(LockEffect.Kind.class);
    callees.forEach(c -> inside.addAll(kinds(c)));
    if (!inside.isEmpty()) {
      add(name, inside);
    }
  }

  /** A function that calls a wrapper and, by its look, leaves something behind itself. */
  private void addWrapper(FunctionFacts function) {
    String name = function.name();
    if (isPrimitive(name) || kinds.containsKey(name)) {
      return;
    }
    EnumSet<LockEffect.Kind> inside = EnumSet.noneOf(LockEffect.Kind.class);
    boolean wraps = false;
    for (String callee : function.callees()) {
      inside.addAll(kinds(callee));
      wraps |= kinds.containsKey(callee);
    }
    if (wraps && (soundsLikeLock(name) || isOneSided(inside))) {
      add(name, inside);
    }
  }

  /** Neither {@code block} nor {@code clock}; the words only bound whose bodies are looked at. */
  private static boolean soundsLikeLock(String name) {
    return Arrays.stream(name.split("_"))
        .anyMatch(
            w ->
                (w.endsWith("lock") || w.endsWith("locked"))
                    && !w.contains("block")
                    && !w.contains("clock"));
  }

  /** Takes and never gives back, or the other way round. */
  private static boolean isOneSided(EnumSet<LockEffect.Kind> kinds) {
    boolean takes =
        kinds.contains(LockEffect.Kind.ACQUIRE) || kinds.contains(LockEffect.Kind.ENTER);
    boolean gives =
        kinds.contains(LockEffect.Kind.RELEASE) || kinds.contains(LockEffect.Kind.LEAVE);
    return takes != gives;
  }

  private EnumSet<LockEffect.Kind> kinds(String name) {
    EnumSet<LockEffect.Kind> known = kinds.get(name);
    EnumSet<LockEffect.Kind> all =
        known == null ? EnumSet.noneOf(LockEffect.Kind.class) : EnumSet.copyOf(known);
    LockMacros.primitive(program.model(), name).forEach(e -> all.add(e.kind()));
    return all;
  }

  private void rank(Map<String, Set<String>> calls) {
    Map<String, Set<String>> below = new HashMap<>();
    kinds.keySet().forEach(n -> below.put(n, new HashSet<>()));
    program.forEachFunction(
        (ref, f) -> {
          Set<String> callees = below.get(f.name());
          if (callees != null) {
            f.callees().stream().filter(kinds::containsKey).forEach(callees::add);
          }
        });
    calls.forEach(
        (name, callees) -> {
          if (below.containsKey(name)) {
            callees.stream().filter(kinds::containsKey).forEach(below.get(name)::add);
          }
        });
    below.forEach((name, callees) -> callees.remove(name));
    int next = rankReady(below, 0);
    Set<String> rings = new HashSet<>(below.keySet());
    Set<String> called = calledIn(rings, below);
    while (!called.equals(rings)) { // What nothing in a ring calls stands above all rings.
      rings = called;
      called = calledIn(rings, below);
    }
    below.keySet().removeAll(rings);
    rings.forEach(n -> ranks.put(n, IN_A_RING));
    rankReady(below, next);
  }

  /** Ranks what calls only ranked names, as long as there is such a name. */
  private int rankReady(Map<String, Set<String>> below, int first) {
    List<String> ready;
    int rank = first;
    do {
      ready =
          below.keySet().stream().filter(n -> ranks.keySet().containsAll(below.get(n))).toList();
      for (String name : ready) {
        ranks.put(name, rank);
        below.remove(name);
      }
      rank++;
    } while (!ready.isEmpty());
    return rank;
  }

  private static Set<String> calledIn(Set<String> names, Map<String, Set<String>> below) {
    Set<String> called = new HashSet<>();
    names.forEach(n -> called.addAll(below.get(n)));
    called.retainAll(names);
    return called;
  }

  private void addGuards() {
    for (String file : program.paths()) {
      for (Declarations.Invocation call : program.file(file).invocations()) {
        program
            .model()
            .find("lock", call.name())
            .filter(row -> row.operation().equals("guard"))
            .ifPresent(row -> addGuard(row, call.arguments(), file));
      }
    }
  }

  /** One argument is the code that takes the lock; the next gives it back. */
  private void addGuard(Api row, List<String> arguments, String file) {
    int code = row.argument("code");
    if (arguments.size() > code + 1) {
      String name = "guard(" + arguments.get(0) + ")";
      String object = row.texts().getOrDefault("object", "");
      addHalf(name, arguments.get(code), file, object);
      addHalf("~" + name, arguments.get(code + 1), file, object);
    }
  }

  private void addHalf(String name, String code, String file, String object) {
    if (!isPrimitive(name)) {
      String body = MacroText.of(code).toString().replace(MacroText.of(object).toString(), OBJECT);
      guards.putIfAbsent(name, new Guard(MacroText.of(body), file));
    }
  }

  /** What a macro's use does, if all that its body calls is of lower rank. */
  private List<LockEffect> ofMacro(
      List<String> parameters, MacroText body, String file, int below) {
    return LockMacros.effects(
        parameters,
        body,
        name ->
            isPrimitive(name)
                ? LockMacros.primitive(program.model(), name)
                : effects(name, file, below));
  }

  private boolean isPrimitive(String name) {
    return program.model().find("lock", name).isPresent()
        || program.model().find("rcu", name).isPresent();
  }

  /** Whether the function calls one, so that its facts do not tell all that it holds. */
  public boolean areCalledIn(FunctionRef function) {
    return program.memo(
        List.of("LockWrappers.areCalledIn", function),
        () ->
            program.facts(function).callees().stream()
                .filter(ranks::containsKey)
                .anyMatch(n -> !effects(n, function.file()).isEmpty()));
  }

  /** What a call of {@code name} in {@code file} leaves behind. */
  public List<LockEffect> effects(String name, String file) {
    return effects(name, file, Integer.MAX_VALUE);
  }

  private List<LockEffect> effects(String name, String file, int below) {
    Integer rank = ranks.get(name);
    if (rank == null || rank >= below) {
      return List.of();
    }
    Guard guard = guards.get(name);
    if (guard != null) {
      return ofMacro(List.of(OBJECT), guard.body(), guard.file(), rank);
    }
    Optional<FunctionRef> callee = program.resolve(name, file);
    if (callee.isEmpty()) {
      return program.macros(name, file).stream()
          .limit(1)
          .flatMap(m -> ofMacro(m.parameters(), MacroText.of(m.body()), file, rank).stream())
          .toList();
    }
    return program.memo(
        List.of("LockWrappers", callee.get(), callee.get().file().equals(file)),
        () -> asSeenFrom(file, callee.get(), rank));
  }

  /** What a call of the function leaves behind, in its own file's names. */
  private List<LockEffect> effects(FunctionRef function, int rank) {
    List<LockEffect> known = program.facts(function).locks().effects();
    if (rank == 0) {
      return known;
    }
    if (rank == IN_A_RING) {
      return known.stream().filter(LockEffect::isEnd).toList();
    }
    Function body = program.ir(function);
    Typing typing = new Typing(body, program.model());
    LockAnalysis analysis =
        new LockAnalysis(
            program.model(), body, typing, call -> effects(call.name(), function.file(), rank));
    return NetLocks.of(body, CorrelatedLocks.solve(body, analysis));
  }

  private List<LockEffect> asSeenFrom(String file, FunctionRef callee, int rank) {
    List<LockEffect> effects = new ArrayList<>();
    for (LockEffect effect : effects(callee, rank)) {
      String global = effect.lock().global();
      if (global.isEmpty()
          || callee.file().equals(file)
          || !Globals.isStatic(program, global, callee.file())) {
        effects.add(effect);
      } else if (effect.lock().steps().isEmpty()) {
        effects.add(
            new LockEffect(
                effect.kind(),
                new LockEffect.Place(-1, global + "@" + callee.file(), List.of()),
                effect.mode(),
                effect.flavour(),
                effect.when()));
      }
    }
    return effects;
  }
}
