// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.CorrelatedLocks;
import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockAnnotations;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.NetLocks;
import dev.pinion.analyzer.dataflow.Section;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Solves a function's locks once and keeps what the tree will ask of them. */
final class LockFactExtractor {
  private final KernelModel model;

  LockFactExtractor(KernelModel model) {
    this.model = model;
  }

  LockFacts extract(Function function, Typing typing) {
    if (!touchesLocks(function) && !new LockAnnotations(model, function).exist()) {
      return LockFacts.NONE;
    }
    Solution<LockState> solution =
        CorrelatedLocks.solve(
            function, new LockAnalysis(model, function, typing, LockAnalysis.Wrappers.NONE));
    if (!solution.complete()) {
      return LockFacts.NONE;
    }
    Map<Callee, LockState> atCalls = new TreeMap<>();
    Map<String, LockFacts.Held> demands = new TreeMap<>();
    walk(solution, typing, atCalls, demands);
    return new LockFacts(
        regions(atCalls, typing),
        NetLocks.of(function, solution, NetLocks.OfCallees.IGNORED),
        List.copyOf(demands.values()));
  }

  /** Notes what holds at each callee, and each assertion as it is first met. */
  @SuppressWarnings("ReferenceEquality") // A state that was looked at is the very same one.
  private static void walk(
      Solution<LockState> solution,
      Typing typing,
      Map<Callee, LockState> atCalls,
      Map<String, LockFacts.Held> demands) {
    for (BasicBlock block : solution.cfg().blocks()) {
      LockState state = solution.entry(block.id()).orElse(null);
      LockState seen = null;
      if (state == null) {
        continue;
      }
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Call call) {
          atCalls.merge(callee(call, typing), state, LockState::meet);
        }
        state = solution.analysis().after(instruction, state);
        if (state != seen) {
          demands(state, typing, demands);
          seen = state;
        }
      }
    }
  }

  private static void demands(LockState state, Typing typing, Map<String, LockFacts.Held> demands) {
    for (HeldLock lock : state.locks().values()) {
      if (lock.claim() == HeldLock.Claim.ASSERTED && !demands.containsKey(lock.name())) {
        demands.put(lock.name(), LockFacts.Held.of(lock, typing));
      }
    }
  }

  private boolean touchesLocks(Function function) {
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Call call
            && model.knows(call.name())
            && (isPrimitive(call) || model.does(call.name(), "rcu", "enter", "leave"))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isPrimitive(Instruction.Call call) {
    return model
        .find("lock", call.name())
        .filter(a -> !a.does("lock", "init", "type", "guard", "deny", "test", "annotation"))
        .isPresent();
  }

  /** One callee, called by name or through a path. */
  private record Callee(String name, TypedPath through) implements Comparable<Callee> {
    @Override
    public int compareTo(Callee other) {
      int byName = name.compareTo(other.name);
      // What is called by name is called through nothing.
      return byName != 0 || !name.isEmpty()
          ? byName
          : through.toString().compareTo(other.through.toString());
    }
  }

  private static List<LockFacts.Region> regions(Map<Callee, LockState> atCalls, Typing typing) {
    Map<Held, List<Callee>> same = new LinkedHashMap<>();
    atCalls.forEach(
        (callee, state) -> {
          if (state.saysSomething()) {
            Held held = new Held(state.locks(), state.sections(), state.released(), state.left());
            same.computeIfAbsent(held, h -> new ArrayList<>()).add(callee);
          }
        });
    List<LockFacts.Region> regions = new ArrayList<>();
    same.forEach((held, callees) -> regions.add(region(held, callees, typing)));
    return regions;
  }

  /** What holds in a region. */
  private record Held(
      SortedMap<String, HeldLock> locks,
      SortedMap<String, Section> sections,
      SortedMap<String, HeldLock> released,
      SortedMap<String, Section> left) {}

  private static LockFacts.Region region(Held held, List<Callee> callees, Typing typing) {
    return new LockFacts.Region(
        held.locks().values().stream().map(l -> LockFacts.Held.of(l, typing)).toList(),
        List.copyOf(held.sections().values()),
        held.released().values().stream().map(l -> LockFacts.Held.of(l, typing)).toList(),
        List.copyOf(held.left().keySet()),
        callees.stream().map(Callee::name).filter(n -> !n.isEmpty()).toList(),
        callees.stream().filter(c -> c.name().isEmpty()).map(Callee::through).toList());
  }

  private static Callee callee(Instruction.Call call, Typing typing) {
    return call.callee() instanceof Instruction.Callee.Indirect indirect
        ? new Callee("", typing.typed(indirect.path()))
        : new Callee(call.name(), TypedPath.NOWHERE);
  }
}
