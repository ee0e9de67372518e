// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The answers of {@link Queries#settled}, and who knows some of them from elsewhere. */
final class SettledAnswers {
  /** The number of the input that is what is lent. */
  static final int LENT = Queries.number("what is known from elsewhere");

  private static final Queries.Lender NOBODY = name -> Optional.empty();

  private final Queries queries;
  private final Digest digest;

  /** If inputs may change. */
  private final ConcurrentMap<Object, Settled> live = new ConcurrentHashMap<>();

  /** If nothing ever changes. */
  private final ConcurrentMap<Object, Cut> fixed = new ConcurrentHashMap<>();

  /** All of them, by what they are known by another day. */
  private final ConcurrentMap<Long, Node> named = new ConcurrentHashMap<>();

  private final List<Settled> enlisted = new ArrayList<>();
  private volatile Queries.Lender lender = NOBODY;
  private volatile boolean isLent;

  /** The key of an answer that may be lent. */
  private record Lent(Object key) {}

  /**
   * @param digest of keys and of values
   */
  SettledAnswers(Queries queries, Digest digest) {
    this.queries = queries;
    this.digest = digest;
  }

  /** An answer of which another day can tell what it was. */
  @SuppressWarnings("unchecked") // one type for each key, as the contract says
  <T> T get(Object key, Supplier<T> compute) {
    if (!queries.mayChange()) {
      Cut known = fixed.get(key);
      Cut cut = known != null ? known : fixed.computeIfAbsent(key, this::cut);
      queries.use(cut);
      return (T) cut.get(() -> lent(key).orElseGet(compute), queries);
    }
    if (!isLent) {
      return live(key, compute);
    }
    return queries.get(
        new Lent(key),
        () -> {
          queries.read(LENT);
          return (T) lent(key).orElseGet(() -> live(key, compute));
        });
  }

  private Optional<Object> lent(Object key) {
    return isLent ? lender.find(name(key)) : Optional.empty();
  }

  @SuppressWarnings("unchecked") // as above
  private <T> T live(Object key, Supplier<T> compute) {
    Settled known = live.get(key);
    Settled node = known != null ? known : live.computeIfAbsent(key, k -> settled(k, compute));
    queries.use(node);
    try {
      return (T) node.answer().get();
    } finally {
      if (known == null || !known.isEnlisted()) {
        enlist(node); // Also if it failed: then it may succeed some day.
      }
    }
  }

  private Cut cut(Object key) {
    Cut cut = new Cut(name(key));
    named.put(cut.name(), cut);
    return cut;
  }

  private Settled settled(Object key, Supplier<?> compute) {
    Settled node = new Settled(key, new Answer(queries, compute));
    named.put(name(key), node);
    return node;
  }

  private long name(Object key) {
    return digest
        .of(key)
        .orElseThrow(() -> new IllegalArgumentException("not to be known another day: " + key));
  }

  /** The answer of that name as it is now; empty if nobody has asked for it. */
  Optional<Object> now(long name) {
    Node node = named.get(name);
    return Optional.ofNullable(
        node instanceof Settled settled
            ? settled.answer().current()
            : node instanceof Cut cut ? cut.current() : null);
  }

  void lend(Queries.Lender lender) {
    this.lender = lender;
    isLent = true;
  }

  /** What was lent is that of a state which is no more; false if nothing ever was. */
  boolean endLoan() {
    lender = NOBODY;
    return isLent;
  }

  private void enlist(Settled node) {
    synchronized (enlisted) {
      if (node.enlist(queries.revision())) {
        enlisted.add(node);
      }
    }
  }

  /**
   * Brings all up to date, and says which have become others. One that read another too early is
   * made again when that has been told.
   */
  List<Settled> settle() {
    List<Settled> moved = new ArrayList<>();
    for (int i = 0; i < enlisted.size(); i++) { // Some may join meanwhile.
      if (enlisted.get(i).hasMoved()) {
        moved.add(enlisted.get(i));
      }
    }
    return moved;
  }

  /** Has the values numbered, and forgets them; by name. */
  Map<Long, Object> take() {
    Map<Long, Object> values = new HashMap<>();
    for (Cut cut : fixed.values()) {
      cut.tell(digest);
      Optional.ofNullable(cut.current()).ifPresent(value -> values.put(cut.name(), value));
      cut.drop();
    }
    fixed.clear();
    named.clear();
    return values;
  }
}
