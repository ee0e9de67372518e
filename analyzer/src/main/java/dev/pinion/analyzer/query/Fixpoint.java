// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The greatest solution of equations that say of a thing what others say: rings add nothing of
 * their own. Solved on demand for the things that an answer hangs on, and remembered; as each value
 * is that of the whole system, it does not depend on who asked first.
 *
 * <p>Unlike answers, values may hang on each other in rings. Those that hang on something that
 * changed are solved again together.
 *
 * @param <K> what values are of
 * @param <V> what is said of a thing; equal values are the same
 */
public final class Fixpoint<K, V> {
  /** What the values of others are; empty for one that nothing is known of yet, or ever. */
  public interface Values<K, V> {
    Optional<V> of(K key);
  }

  /**
   * One thing's equation. It must say less, never more, as the values it asks for say less, and may
   * stop asking once its own can become no less.
   */
  public interface Equation<K, V> {
    /** The thing's value; empty if it hangs on nothing but a ring that has none. */
    Optional<V> value(K key, Values<K, V> others);
  }

  /** How deep values are found within each other before some have to wait. */
  private static final int MAX_DEPTH = 400;

  private static final Node[] NOTHING = {};
  private static final State UNKNOWN = new State(List.of(), false, 0, 0);

  private final Queries queries;
  private final Equation<K, V> equation;
  private final ConcurrentMap<K, Value> values = new ConcurrentHashMap<>();

  public Fixpoint(Queries queries, Equation<K, V> equation) {
    this.queries = queries;
    this.equation = equation;
  }

  /** The thing's value in the greatest solution. */
  public Optional<V> of(K key) {
    Value value = node(key);
    queries.use(value);
    value.refresh();
    return value.solved;
  }

  private Value node(K key) {
    Value known = values.get(key);
    return known != null ? known : values.computeIfAbsent(key, Value::new);
  }

  /** What a value was made from, and when. */
  private record State(List<Node> reads, boolean known, int checkedAt, int changedAt) {}

  /** A thing's place in the system. */
  final class Value extends Node {
    private final K key;
    private final Reads reads = new Reads();
    private volatile Optional<V> solved = Optional.empty();

    /** The revision for which this was last solved, or found right; 0 before. */
    private volatile int checkedAt;

    private Value(K key) {
      this.key = key;
    }

    @Override
    synchronized Node[] below() {
      return reads.nodes();
    }

    @Override
    synchronized int[] numbers() {
      return reads.numbers();
    }

    boolean isUpToDate() {
      int since = checkedAt;
      if (since == queries.revision()) {
        return true;
      }
      boolean right = since > 0 && !queries.changes().touch(groups, since);
      if (right) {
        checkedAt = queries.revision();
      }
      return right;
    }

    @Override
    void refresh() {
      if (!isUpToDate() && !standsStill(this)) {
        new Round().solve(this);
      }
    }

    private synchronized State state() {
      return new State(List.of(reads.nodes()), reads.areKnown(), checkedAt, changedAt);
    }

    private synchronized void confirm(long groupsOfAll) {
      if (checkedAt != queries.revision()) {
        groups = groupsOfAll;
        checkedAt = queries.revision();
      }
    }

    /** Two threads that solve it at once bring the same. */
    private synchronized void settle(Optional<V> next, Frame read, long groupsOfAll) {
      if (checkedAt == queries.revision()) {
        return;
      }
      if (!reads.areKnown() || !next.equals(solved)) {
        changedAt = queries.revision();
        solved = next;
      }
      reads.replace(read);
      groups = groupsOfAll;
      checkedAt = queries.revision();
    }
  }

  /**
   * Whether neither the value nor any that it hangs on read anything that has become another: a
   * system whose equations are what they were has the solution that it had.
   */
  private boolean standsStill(Value root) {
    Map<Value, State> seen = new LinkedHashMap<>();
    seen.put(root, root.state());
    Deque<Value> work = new ArrayDeque<>();
    work.add(root);
    while (!work.isEmpty()) {
      State asker = seen.getOrDefault(work.removeFirst(), UNKNOWN);
      if (!asker.known()) {
        return false;
      }
      for (Node node : asker.reads()) {
        Optional<Value> other = mine(node);
        if (other.isEmpty()) {
          if (!node.isUnchanged(asker.checkedAt())) {
            return false;
          }
          continue;
        }
        Value value = other.get();
        boolean open = !value.isUpToDate();
        State state = value.state(); // Others may solve it meanwhile; this is what counts here.
        if (state.changedAt() > asker.checkedAt()) {
          return false;
        }
        if (open && seen.putIfAbsent(value, state) == null) {
          work.addLast(value);
        }
      }
    }
    Map<Value, Node[]> reads = new LinkedHashMap<>();
    seen.forEach((value, state) -> reads.put(value, state.reads().toArray(NOTHING)));
    Map<Node, Long> groups = groups(reads);
    seen.keySet().forEach(value -> value.confirm(groups.getOrDefault(value, 0L)));
    return true;
  }

  /** The node, if it is a value of this system. */
  private Optional<Value> mine(Node node) {
    return node instanceof Fixpoint<?, ?>.Value other
        ? Optional.ofNullable(values.get(other.key)).filter(v -> v == node)
        : Optional.empty();
  }

  /**
   * The groups of all that each value hangs on; where values hang on each other, of all of them.
   *
   * @param reads what was read for each, those who ask before those who are asked
   */
  private Map<Node, Long> groups(Map<Value, Node[]> reads) {
    List<Value> askedFirst = new ArrayList<>(reads.keySet());
    Collections.reverse(askedFirst);
    Map<Node, Long> groups = new HashMap<>();
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Value value : askedFirst) {
        long all = 0;
        for (Node node : reads.getOrDefault(value, NOTHING)) {
          Long within = node instanceof Fixpoint<?, ?>.Value ? groups.get(node) : null;
          all |= within != null ? within : reads.containsKey(node) ? 0 : node.groups;
        }
        Long before = groups.put(value, all);
        grows |= before == null || before != all;
      }
    }
    return groups;
  }

  /**
   * What one answer hangs on, as far as it is not known. A value that is asked for is found at
   * once, before the asker asks for the next: where one says so little that the others do not
   * matter, and most do, nobody looks for the others.
   */
  private final class Round {
    private final Map<Value, Optional<V>> found = new HashMap<>();
    private final Map<Value, Frame> reads = new LinkedHashMap<>();
    private final Map<Value, Set<Value>> askers = new HashMap<>();
    private final Deque<Value> work = new ArrayDeque<>();
    private final Set<Value> waiting = new LinkedHashSet<>();
    private int depth;

    void solve(Value root) {
      found.put(root, Optional.empty());
      enqueue(root);
      while (!work.isEmpty()) {
        Value value = work.removeFirst();
        waiting.remove(value);
        find(value);
      }
      Map<Value, Node[]> nodes = new LinkedHashMap<>();
      reads.forEach((value, frame) -> nodes.put(value, frame.nodes()));
      Map<Node, Long> groups = groups(nodes);
      reads.forEach(
          (value, read) ->
              value.settle(
                  found.getOrDefault(value, Optional.empty()),
                  read,
                  groups.getOrDefault(value, 0L)));
    }

    private Optional<V> find(Value value) {
      Optional<V> next = evaluate(value);
      if (!next.equals(found.put(value, next))) {
        askers.getOrDefault(value, Set.of()).forEach(this::enqueue);
      }
      return next;
    }

    private Optional<V> evaluate(Value value) {
      Frame frame = queries.open();
      try {
        return equation.value(value.key, other -> ask(node(other), value));
      } finally {
        queries.close(frame);
        reads.put(value, frame);
      }
    }

    private Optional<V> ask(Value value, Value asker) {
      queries.use(value);
      Optional<V> here = found.get(value);
      if (here == null && value.isUpToDate()) {
        return value.solved;
      }
      Optional<V> now = here;
      if (now == null) {
        found.put(value, Optional.empty());
        now = now(value);
      }
      askers.computeIfAbsent(value, v -> new LinkedHashSet<>()).add(asker);
      return now;
    }

    /** A value that nobody has asked for, or nothing if it has to wait. */
    private Optional<V> now(Value value) {
      if (depth == MAX_DEPTH) {
        enqueue(value);
        return Optional.empty();
      }
      depth++;
      try {
        return find(value);
      } finally {
        depth--;
      }
    }

    private void enqueue(Value value) {
      if (waiting.add(value)) {
        work.addLast(value);
      }
    }
  }
}
