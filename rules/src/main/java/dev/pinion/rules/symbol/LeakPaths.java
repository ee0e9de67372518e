// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.Forks;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    List<Way> all =
        Forks.of(context.function().cfg(), next, State::block, starts, good, leaks.keySet())
            .stream()
            .map(this::way)
            .toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Ways(all, all.get(0).branch() < 0 ? Always.YES : Always.NO));
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

  private Way way(Forks.Way<State> fork) {
    PinReport.End end = leaks.get(fork.end());
    if (end == null) {
      throw new IllegalStateException("a path that does not leak");
    }
    List<Integer> blocks = fork.states().stream().map(State::block).toList();
    return new Way(fork.branch(), fork.successor(), blocks, end);
  }
}
