// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How a pin comes to be left behind: the branches after which nothing drops it any more, each with
 * one path from where the pin is taken to where the function is left.
 */
final class LeakPaths {
  /** With more states than this nothing is said. */
  private static final int MAX_STATES = 6000;

  /** Where one path stands: at the end of a block. */
  private record State(int block, World world) {}

  /**
   * One way in which it leaks.
   *
   * @param branch the block whose branch decides it; -1 if it always leaks
   * @param blocks the path, from the block that takes the pin on
   * @param end how the path ends
   */
  record Way(int branch, int successor, List<Integer> blocks, PinReport.End end) {}

  /**
   * All of them.
   *
   * @param always whether there is no way out on which it does not leak
   */
  record Ways(List<Way> all, Always always) {}

  /** Whether a pin ever finds another end. */
  enum Always {
    YES,
    NO
  }

  private final PinReport report;
  private final PinContext context;
  private final Site site;
  private final Predicate<PinReport.End> fine;
  private final PinAnalysis analysis;
  private final Map<State, Map<State, Integer>> next = new LinkedHashMap<>();
  private final Map<State, PinReport.End> leaks = new LinkedHashMap<>();
  private final Set<State> good = new LinkedHashSet<>();
  private boolean tooMany;

  private LeakPaths(PinReport report, Site site, Predicate<PinReport.End> fine) {
    this.report = report;
    this.context = report.context();
    this.site = site;
    this.fine = fine;
    this.analysis = new PinAnalysis(new PinTransfer(context), context.interest());
  }

  /**
   * The ways in which the pin of {@code site} leaks; empty if there is too much to follow.
   *
   * @param fine whether the pin, held at that end, has an owner
   */
  static Optional<Ways> of(PinReport report, Site site, Predicate<PinReport.End> fine) {
    return new LeakPaths(report, site, fine).ways();
  }

  private Optional<Ways> ways() {
    Solution<Worlds> solution = Solver.forward(context.function().cfg(), analysis);
    List<State> starts = new ArrayList<>();
    for (BasicBlock block : context.function().cfg().blocks()) {
      if (block.instructions().contains(site.call()) && solution.entry(block.id()).isPresent()) {
        for (World world : solution.entry(block.id()).get().all()) {
          run(block, world, new ArrayList<>()).stream()
              .filter(w -> isHeld(w) && !starts.contains(new State(block.id(), w)))
              .forEach(w -> starts.add(new State(block.id(), w)));
        }
      }
    }
    if (!explore(starts)) {
      return Optional.empty();
    }
    Set<State> mayBeFine = reaching(good);
    Set<State> mayLeak = reaching(leaks.keySet());
    if (starts.stream().noneMatch(mayLeak::contains)) {
      return Optional.empty();
    }
    if (starts.stream().noneMatch(mayBeFine::contains)) {
      return path(starts, leaks.keySet()).map(p -> new Ways(List.of(way(-1, -1, p)), Always.YES));
    }
    return Optional.of(new Ways(deciding(starts, mayBeFine, mayLeak), Always.NO));
  }

  private boolean isHeld(World world) {
    Pin pin = world.pins().get(site.id());
    return pin != null && pin.is(Pin.State.HELD);
  }

  /** The worlds at the end of a block; {@code again} hears of worlds that take the pin twice. */
  private List<World> run(BasicBlock block, World entry, List<World> again) {
    List<World> worlds = List.of(entry);
    for (Instruction instruction : block.instructions()) {
      boolean takes = instruction == site.call();
      List<World> after = new ArrayList<>();
      for (World world : worlds) {
        if (takes && isHeld(world)) {
          again.add(world);
        } else {
          after.addAll(analysis.after(instruction, world));
        }
      }
      worlds = after;
      tooMany |= worlds.size() > MAX_STATES;
      if (tooMany) {
        return List.of();
      }
    }
    return worlds;
  }

  private boolean explore(List<State> starts) {
    Deque<State> work = new ArrayDeque<>(starts);
    Set<State> seen = new HashSet<>(starts);
    while (!work.isEmpty()) {
      State state = work.removeFirst();
      if (tooMany || seen.size() > MAX_STATES) {
        return false;
      }
      if (leaks.containsKey(state)) {
        continue;
      }
      Map<State, Integer> edges = new LinkedHashMap<>();
      next.put(state, edges);
      if (!isHeld(state.world())) {
        good.add(state);
        continue;
      }
      Terminator terminator = context.function().cfg().block(state.block()).terminator();
      if (terminator instanceof Terminator.Return leave) {
        leaves(state, report.end(leave, state.world()));
        continue;
      }
      for (int successor : terminator.successors()) {
        for (State to : along(state, terminator, successor)) {
          edges.put(to, successor);
          if (seen.add(to)) {
            work.addLast(to);
          }
        }
      }
    }
    return !tooMany;
  }

  private void leaves(State state, PinReport.End end) {
    if (fine.test(end)) {
      good.add(state);
    } else {
      leaks.put(state, end);
    }
  }

  private List<State> along(State from, Terminator terminator, int successor) {
    Optional<World> entry = analysis.along(terminator, successor, from.world());
    if (entry.isEmpty()) {
      return List.of();
    }
    List<World> again = new ArrayList<>();
    BasicBlock block = context.function().cfg().block(successor);
    List<State> all = new ArrayList<>();
    run(block, entry.get(), again).forEach(w -> all.add(new State(successor, w)));
    for (World world : again) {
      State twice = new State(successor, world);
      PinReport.End end =
          new PinReport.End(world, site.call().position(), Optional.of(String.valueOf(site.id())));
      leaks.put(twice, end);
      all.add(twice);
    }
    return all;
  }

  /** The states from which one of the targets can be reached. */
  private Set<State> reaching(Set<State> targets) {
    Map<State, List<State>> before = new HashMap<>();
    next.forEach(
        (from, edges) ->
            edges
                .keySet()
                .forEach(to -> before.computeIfAbsent(to, t -> new ArrayList<>(2)).add(from)));
    Set<State> found = new HashSet<>(targets);
    Deque<State> work = new ArrayDeque<>(targets);
    while (!work.isEmpty()) {
      for (State from : before.getOrDefault(work.removeFirst(), List.of())) {
        if (found.add(from)) {
          work.addLast(from);
        }
      }
    }
    return found;
  }

  /**
   * The edges over which a path leaves the last block from which the pin may still find its end.
   * Blocks count, not states: a flag tested before the pin was taken is no reason by itself.
   */
  private List<Way> deciding(List<State> starts, Set<State> mayBeFine, Set<State> mayLeak) {
    Set<Integer> open = new HashSet<>();
    mayBeFine.forEach(s -> open.add(s.block()));
    Map<Long, List<State>> over = new TreeMap<>();
    Map<Long, Boolean> closes = new HashMap<>();
    Deque<State> work = new ArrayDeque<>(starts);
    Set<State> seen = new HashSet<>(starts);
    while (!work.isEmpty()) {
      State from = work.removeFirst();
      for (Map.Entry<State, Integer> edge : next.getOrDefault(from, Map.of()).entrySet()) {
        long key = ((long) from.block() << 32) | edge.getValue();
        if (mayBeFine.contains(edge.getKey())) {
          closes.put(key, false);
        } else if (mayLeak.contains(edge.getKey()) && open.contains(from.block())) {
          over.computeIfAbsent(key, k -> new ArrayList<>()).add(edge.getKey());
        }
        if (seen.add(edge.getKey())) {
          work.addLast(edge.getKey());
        }
      }
    }
    over.keySet().removeIf(k -> !closes.getOrDefault(k, true));
    return ways(starts, over);
  }

  private List<Way> ways(List<State> starts, Map<Long, List<State>> over) {
    Map<Position, Way> byPlace = new TreeMap<>();
    for (Map.Entry<Long, List<State>> e : over.entrySet()) {
      int from = (int) (e.getKey() >> 32);
      int successor = (int) (long) e.getKey();
      Optional<List<State>> head = avoiding(starts, new HashSet<>(e.getValue()), over, e.getKey());
      if (head.isEmpty()) {
        continue;
      }
      State turn = head.get().get(head.get().size() - 1);
      path(List.of(turn), leaks.keySet())
          .ifPresent(
              tail -> {
                List<State> whole = new ArrayList<>(head.get());
                whole.addAll(tail.subList(1, tail.size()));
                Terminator at = context.function().cfg().block(from).terminator();
                byPlace.putIfAbsent(position(at), way(from, successor, whole));
              });
    }
    return List.copyOf(byPlace.values());
  }

  static Position position(Terminator terminator) {
    if (terminator instanceof Terminator.Branch branch) {
      return branch.position();
    }
    if (terminator instanceof Terminator.Switch choice) {
      return choice.position();
    }
    return terminator instanceof Terminator.Iterate iterate ? iterate.position() : Position.UNKNOWN;
  }

  /** A path to one of the targets that takes no other deciding edge before. */
  private Optional<List<State>> avoiding(
      List<State> starts, Set<State> targets, Map<Long, List<State>> over, long meant) {
    return search(
        starts,
        targets,
        (from, to, successor) -> {
          long key = ((long) from.block() << 32) | successor;
          return key == meant || !over.containsKey(key);
        });
  }

  private Optional<List<State>> path(List<State> starts, Set<State> targets) {
    return search(starts, targets, (from, to, successor) -> true);
  }

  /** Whether a path may go from one state to the next. */
  private interface Step {
    boolean allowed(State from, State to, int successor);
  }

  /** The shortest path to a target. */
  private Optional<List<State>> search(List<State> starts, Set<State> targets, Step step) {
    Map<State, State> parents = new HashMap<>();
    Deque<State> work = new ArrayDeque<>(starts);
    Set<State> seen = new HashSet<>(starts);
    while (!work.isEmpty()) {
      State state = work.removeFirst();
      if (targets.contains(state)) {
        List<State> path = new ArrayList<>(List.of(state));
        State at = state;
        while (parents.containsKey(at)) {
          at = parents.get(at);
          path.add(at);
        }
        Collections.reverse(path);
        return Optional.of(path);
      }
      for (Map.Entry<State, Integer> e : next.getOrDefault(state, Map.of()).entrySet()) {
        if (step.allowed(state, e.getKey(), e.getValue()) && seen.add(e.getKey())) {
          parents.put(e.getKey(), state);
          work.addLast(e.getKey());
        }
      }
    }
    return Optional.empty();
  }

  private Way way(int branch, int successor, List<State> path) {
    PinReport.End end = leaks.get(path.get(path.size() - 1));
    if (end == null) {
      throw new IllegalStateException("a path that does not leak");
    }
    return new Way(branch, successor, path.stream().map(State::block).toList(), end);
  }
}
