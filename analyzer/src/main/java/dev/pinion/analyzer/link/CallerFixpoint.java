// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The greatest solution of equations that say of a function what its callers say: rings of calls
 * add nothing of their own. Solved on demand for the functions that an answer hangs on, and
 * remembered; as each answer is that of the whole system, it does not depend on who asked first.
 *
 * @param <V> what is said of a function; equal values are the same
 */
final class CallerFixpoint<V> {
  /** What the values of others are; empty for one that nothing is known of yet, or ever. */
  interface Values<V> {
    Optional<V> of(FunctionRef function);
  }

  /**
   * One function's equation. It must say less, never more, as the values it asks for say less, and
   * may stop asking once its own can become no less.
   */
  interface Equation<V> {
    /** The function's value; empty if it has no way in but through a ring that has none. */
    Optional<V> value(FunctionRef function, Values<V> others);
  }

  private final Equation<V> equation;
  private final ConcurrentMap<FunctionRef, Optional<V>> solved = new ConcurrentHashMap<>();

  CallerFixpoint(Equation<V> equation) {
    this.equation = equation;
  }

  /** The function's value in the greatest solution. */
  Optional<V> of(FunctionRef function) {
    Optional<V> known = solved.get(function);
    if (known != null) {
      return known;
    }
    Map<FunctionRef, Optional<V>> values = new Round().solve(function);
    solved.putAll(values);
    return values.getOrDefault(function, Optional.empty());
  }

  /** The equations that one answer hangs on. */
  private final class Round {
    private final Map<FunctionRef, Optional<V>> values = new HashMap<>();
    private final Map<FunctionRef, Set<FunctionRef>> askers = new HashMap<>();
    private final Deque<FunctionRef> work = new ArrayDeque<>();
    private final Set<FunctionRef> waiting = new LinkedHashSet<>();

    Map<FunctionRef, Optional<V>> solve(FunctionRef root) {
      values.put(root, Optional.empty());
      enqueue(root);
      while (!work.isEmpty()) {
        FunctionRef function = work.removeFirst();
        waiting.remove(function);
        Optional<V> next = equation.value(function, other -> ask(other, function));
        if (!next.equals(values.put(function, next))) {
          askers.getOrDefault(function, Set.of()).forEach(this::enqueue);
        }
      }
      return values;
    }

    private Optional<V> ask(FunctionRef function, FunctionRef asker) {
      Optional<V> known = solved.get(function);
      if (known != null) {
        return known;
      }
      askers.computeIfAbsent(function, f -> new LinkedHashSet<>()).add(asker);
      Optional<V> value = values.get(function);
      if (value == null) {
        values.put(function, Optional.empty());
        enqueue(function);
        return Optional.empty();
      }
      return value;
    }

    private void enqueue(FunctionRef function) {
      if (waiting.add(function)) {
        work.addLast(function);
      }
    }
  }
}
