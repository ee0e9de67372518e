// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.dataflow.NetLocks;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Function;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Functions, macros and guards that leave a lock held, or give one back, for their caller: {@code
 * rtnl_lock()} and its like, known by their bodies. A name has a rank: what it leaves behind is
 * computed from names of lower rank only, so that wrappers of wrappers come to an end.
 */
public final class LockWrappers {
  /** Wrappers of wrappers of wrappers: deeper ones are taken to leave all as it was. */
  private static final int MAX_RANK = 4;

  private final Program program;
  private final Map<String, Integer> ranks = new HashMap<>();
  private final Set<String> direct = new HashSet<>();
  private final Set<String> macros = new HashSet<>();
  private final Map<String, List<LockEffect>> guards = new HashMap<>();

  private LockWrappers(Program program) {
    this.program = program;
    program.forEachFunction((ref, f) -> addDirect(f));
    program.forEachFunction((ref, f) -> addSimple(f));
    direct.removeAll(ranks.keySet());
    addMacros(0);
    addGuards();
    for (int rank = 1; rank < MAX_RANK; rank++) {
      Set<String> found = new HashSet<>();
      program.forEachFunction((ref, f) -> addWrapper(f, found));
      for (String name : found) {
        ranks.put(name, rank);
        direct.remove(name);
      }
      addMacros(rank);
      addGuards();
    }
    // What is left calls itself in a ring.
    direct.forEach(n -> ranks.put(n, MAX_RANK));
  }

  /** The wrappers of a program, collected once. */
  public static LockWrappers of(Program program) {
    return program.memo(LockWrappers.class, () -> new LockWrappers(program));
  }

  private void addDirect(FunctionFacts function) {
    if (!function.locks().effects().isEmpty() && !isPrimitive(function.name())) {
      direct.add(function.name());
    }
  }

  /** Its facts tell all: it calls nothing that may do more. */
  private void addSimple(FunctionFacts function) {
    if (direct.contains(function.name())
        && function.callees().stream().noneMatch(direct::contains)) {
      ranks.put(function.name(), 0);
    }
  }

  /** A function whose wrappers are all known and that by its look leaves something behind. */
  private void addWrapper(FunctionFacts function, Set<String> found) {
    String name = function.name();
    if (isPrimitive(name)
        || ranks.containsKey(name)
        || function.callees().stream().noneMatch(ranks::containsKey)
        || function.callees().stream().anyMatch(c -> direct.contains(c) && !c.equals(name))) {
      return;
    }
    if (direct.contains(name) || name.contains("lock") || isOneSided(function)) {
      found.add(name);
    }
  }

  /** Takes and never gives back, or the other way round, as far as its callees' names tell. */
  private boolean isOneSided(FunctionFacts function) {
    boolean takes = false;
    boolean gives = false;
    for (String callee : function.callees()) {
      for (LockEffect effect : effects(callee)) {
        takes |= !effect.isEnd();
        gives |= effect.isEnd();
      }
    }
    return takes != gives;
  }

  /** What some function or macro of that name leaves behind, as far as facts tell. */
  private List<LockEffect> effects(String name) {
    List<LockEffect> all = new ArrayList<>(LockMacros.primitive(program.model(), name));
    all.addAll(guards.getOrDefault(name, List.of()));
    for (FunctionRef function : program.functions(name)) {
      all.addAll(program.facts(function).locks().effects());
    }
    return all;
  }

  private void addMacros(int rank) {
    Set<String> found = new HashSet<>();
    program.forEachMacro(
        (file, macro) -> {
          if (!isPrimitive(macro.name())
              && !ranks.containsKey(macro.name())
              && !ofMacro(macro, file).isEmpty()) {
            found.add(macro.name());
          }
        });
    macros.addAll(found);
    found.forEach(n -> ranks.put(n, rank));
  }

  private void addGuards() {
    for (String file : program.paths()) {
      for (Declarations.Invocation call : program.file(file).invocations()) {
        List<String> arguments = call.arguments();
        boolean global = call.name().equals("DEFINE_LOCK_GUARD_0");
        boolean ofObject =
            call.name().equals("DEFINE_GUARD") || call.name().equals("DEFINE_LOCK_GUARD_1");
        int first = global ? 1 : 2;
        if ((global || ofObject) && arguments.size() > first + 1) {
          addGuard("guard(" + arguments.get(0) + ")", arguments.get(first), file);
          addGuard("~guard(" + arguments.get(0) + ")", arguments.get(first + 1), file);
        }
      }
    }
  }

  private void addGuard(String name, String body, String file) {
    if (isPrimitive(name) || guards.containsKey(name)) {
      return;
    }
    MacroText text = MacroText.of(body.replaceAll("_T\\s*->\\s*lock\\b", "_T"));
    List<LockEffect> effects = LockMacros.effects(List.of("_T"), text, c -> inside(c, file));
    if (!effects.isEmpty()) {
      guards.put(name, effects);
      ranks.putIfAbsent(name, 0);
    }
  }

  private List<LockEffect> ofMacro(Declarations.Macro macro, String file) {
    return LockMacros.effects(macro.parameters(), MacroText.of(macro.body()), c -> inside(c, file));
  }

  /** What a call in a macro's body does: a primitive, or a wrapper. */
  private List<LockEffect> inside(String name, String file) {
    return isPrimitive(name)
        ? LockMacros.primitive(program.model(), name)
        : effects(name, file, MAX_RANK);
  }

  private boolean isPrimitive(String name) {
    return program.model().find("lock", name).isPresent()
        || program.model().find("rcu", name).isPresent();
  }

  /** Whether the function calls one, so that its facts do not tell all that it holds. */
  public boolean areCalledIn(FunctionRef function) {
    return program.facts(function).callees().stream().anyMatch(ranks::containsKey);
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
    if (guards.containsKey(name)) {
      return guards.get(name);
    }
    Optional<FunctionRef> callee = program.resolve(name, file);
    if (callee.isEmpty()) {
      return macros.contains(name)
          ? program.macros(name, file).stream()
              .limit(1)
              .flatMap(m -> ofMacro(m, file).stream())
              .toList()
          : List.of();
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
    if (rank == MAX_RANK) {
      return known.stream().filter(LockEffect::isEnd).toList();
    }
    Function body = program.ir(function);
    Typing typing = new Typing(body, program.model());
    LockAnalysis analysis =
        new LockAnalysis(
            program.model(), typing, call -> effects(call.name(), function.file(), rank));
    return NetLocks.of(body, Solver.forward(body.cfg(), analysis));
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
