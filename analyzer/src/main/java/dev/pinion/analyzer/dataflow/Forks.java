// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Where paths part for good: of states that end well or badly, the branches after which no good end
 * can be reached any more, each with one path that takes it. Linear in the edges for each branch
 * that is found.
 *
 * @param <S> where a path stands; equal states are one
 */
public final class Forks<S> {
  /**
   * One way to a bad end.
   *
   * @param branch the block whose branch decides it; -1 if all ends are bad
   * @param successor the block it goes on to
   * @param states the path, from the start on
   */
  public record Way<S>(int branch, int successor, List<S> states) {
    public Way {
      states = List.copyOf(states);
    }

    /** Where it ends. */
    public S end() {
      return states.get(states.size() - 1);
    }
  }

  private final Cfg cfg;
  private final Map<S, Map<S, Integer>> next;
  private final ToIntFunction<S> block;
  private final Set<S> bad;

  private Forks(Cfg cfg, Map<S, Map<S, Integer>> next, ToIntFunction<S> block, Set<S> bad) {
    this.cfg = cfg;
    this.next = next;
    this.block = block;
    this.bad = bad;
  }

  /**
   * All of them, by the place of their branch; none if no start comes to a bad end.
   *
   * @param next for each state those that follow, and the block that a path goes on to
   * @param block the block in which a state is
   */
  public static <S> List<Way<S>> of(
      Cfg cfg,
      Map<S, Map<S, Integer>> next,
      ToIntFunction<S> block,
      Collection<S> starts,
      Set<S> good,
      Set<S> bad) {
    Forks<S> forks = new Forks<>(cfg, next, block, bad);
    Set<S> mayEndWell = forks.reaching(good);
    Set<S> mayEndBadly = forks.reaching(bad);
    if (starts.stream().noneMatch(mayEndBadly::contains)) {
      return List.of();
    }
    return starts.stream().noneMatch(mayEndWell::contains)
        ? forks.path(starts, bad).map(p -> List.of(new Way<>(-1, -1, p))).orElse(List.of())
        : forks.deciding(starts, mayEndWell, mayEndBadly);
  }

  /** The place of a branch. */
  public static Position position(Terminator terminator) {
    if (terminator instanceof Terminator.Branch branch) {
      return branch.position();
    }
    if (terminator instanceof Terminator.Switch choice) {
      return choice.position();
    }
    return terminator instanceof Terminator.Iterate iterate ? iterate.position() : Position.UNKNOWN;
  }

  /** The states from which one of the targets can be reached. */
  private Set<S> reaching(Set<S> targets) {
    Map<S, List<S>> before = new HashMap<>();
    next.forEach(
        (from, edges) ->
            edges
                .keySet()
                .forEach(to -> before.computeIfAbsent(to, t -> new ArrayList<>(2)).add(from)));
    Set<S> found = new HashSet<>(targets);
    Deque<S> work = new ArrayDeque<>(targets);
    while (!work.isEmpty()) {
      for (S from : before.getOrDefault(work.removeFirst(), List.of())) {
        if (found.add(from)) {
          work.addLast(from);
        }
      }
    }
    return found;
  }

  /**
   * The edges over which a path leaves the last block from which there may still be a good end.
   * Blocks count, not states: a flag tested before the start is no reason by itself.
   */
  private List<Way<S>> deciding(Collection<S> starts, Set<S> mayEndWell, Set<S> mayEndBadly) {
    Set<Integer> open = new HashSet<>();
    mayEndWell.forEach(s -> open.add(block.applyAsInt(s)));
    Map<Long, List<S>> over = new TreeMap<>();
    Map<Long, Boolean> closes = new HashMap<>();
    Deque<S> work = new ArrayDeque<>(starts);
    Set<S> seen = new HashSet<>(starts);
    while (!work.isEmpty()) {
      S from = work.removeFirst();
      for (Map.Entry<S, Integer> edge : next.getOrDefault(from, Map.of()).entrySet()) {
        long key = key(from, edge.getValue());
        if (mayEndWell.contains(edge.getKey())) {
          closes.put(key, false);
        } else if (mayEndBadly.contains(edge.getKey()) && open.contains(block.applyAsInt(from))) {
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

  private long key(S from, int successor) {
    return ((long) block.applyAsInt(from) << 32) | successor;
  }

  private List<Way<S>> ways(Collection<S> starts, Map<Long, List<S>> over) {
    Map<Position, Way<S>> byPlace = new TreeMap<>();
    for (Map.Entry<Long, List<S>> e : over.entrySet()) {
      int from = (int) (e.getKey() >> 32);
      int successor = (int) (long) e.getKey();
      Optional<List<S>> head = avoiding(starts, new HashSet<>(e.getValue()), over, e.getKey());
      if (head.isEmpty()) {
        continue;
      }
      S turn = head.get().get(head.get().size() - 1);
      path(List.of(turn), bad)
          .ifPresent(
              tail -> {
                List<S> whole = new ArrayList<>(head.get());
                whole.addAll(tail.subList(1, tail.size()));
                byPlace.putIfAbsent(
                    position(cfg.block(from).terminator()), new Way<>(from, successor, whole));
              });
    }
    return List.copyOf(byPlace.values());
  }

  /** A path to one of the targets that takes no other deciding edge before. */
  private Optional<List<S>> avoiding(
      Collection<S> starts, Set<S> targets, Map<Long, List<S>> over, long meant) {
    return search(
        starts,
        targets,
        (from, successor) ->
            key(from, successor) == meant || !over.containsKey(key(from, successor)));
  }

  private Optional<List<S>> path(Collection<S> starts, Set<S> targets) {
    return search(starts, targets, (from, successor) -> true);
  }

  /** Whether a path may go on from a state to a block. */
  private interface Step<S> {
    boolean allowed(S from, int successor);
  }

  /** The shortest path to a target. */
  private Optional<List<S>> search(Collection<S> starts, Set<S> targets, Step<S> step) {
    Map<S, S> parents = new HashMap<>();
    Deque<S> work = new ArrayDeque<>(starts);
    Set<S> seen = new HashSet<>(starts);
    while (!work.isEmpty()) {
      S state = work.removeFirst();
      if (targets.contains(state)) {
        List<S> path = new ArrayList<>(List.of(state));
        S at = state;
        while (parents.containsKey(at)) {
          at = parents.get(at);
          path.add(at);
        }
        Collections.reverse(path);
        return Optional.of(path);
      }
      for (Map.Entry<S, Integer> e : next.getOrDefault(state, Map.of()).entrySet()) {
        if (step.allowed(state, e.getValue()) && seen.add(e.getKey())) {
          parents.put(e.getKey(), state);
          work.addLast(e.getKey());
        }
      }
    }
    return Optional.empty();
  }
}
