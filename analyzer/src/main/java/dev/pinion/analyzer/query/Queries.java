// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Remembered answers. Safe for several threads, but for {@link #changed}, during which nothing may
 * be asked.
 *
 * <p>A computation may read inputs, ask for other answers, and nothing else that can change; its
 * key must say all that it was given. Its answer must not be changed by anybody. Equal answers are
 * the same: who hangs on one that was computed again, and is equal, is left alone.
 */
public final class Queries {
  private final ConcurrentMap<Object, Answer> answers = new ConcurrentHashMap<>();

  /** The answers, if nothing ever changes. */
  private final ConcurrentMap<Object, Once> fixed = new ConcurrentHashMap<>();

  /** The inputs that were read, by number, if they may change. */
  private final ConcurrentMap<Integer, Input> inputs = new ConcurrentHashMap<>();

  @SuppressWarnings("ThreadLocalUsage") // One for each program, and gone with it.
  private final ThreadLocal<@Nullable Frame> frames = new ThreadLocal<>();

  private final SettledAnswers settled;
  private final Mode mode;
  private final Map<Object, Runnable> recent;
  private final Changes changes = new Changes();

  /** Whether inputs will ever change. */
  public enum Mode {
    /** They will not: what hangs on what is not noted, which saves memory. */
    ONCE,
    /** They will not, but somebody will ask for {@link #footprints}. */
    NOTED,
    /** They will. */
    LIVE
  }

  /** Somebody who knows values of settled answers from elsewhere. */
  @FunctionalInterface
  public interface Lender {
    /**
     * The value that would be found now; empty if it is not known.
     *
     * @param name as in {@link Footprints.Settled}
     */
    Optional<Object> find(long name);
  }

  /**
   * @param capacity how many answers of {@link #recent} are kept
   * @param digest of the keys of settled answers, and of their values as far as they have numbers
   */
  public Queries(Mode mode, int capacity, Digest digest) {
    this.mode = mode;
    this.settled = new SettledAnswers(this, digest);
    this.recent =
        new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, Runnable> eldest) {
            boolean full = size() > capacity;
            if (full) {
              eldest.getValue().run();
            }
            return full;
          }
        };
  }

  /** Whether inputs may ever change. */
  public boolean mayChange() {
    return mode == Mode.LIVE;
  }

  /** Whether it matters what is read. */
  public boolean takesNotes() {
    return mode != Mode.ONCE;
  }

  /** The number that goes with a name, today and another day; two names may have the same. */
  public static int number(String name) {
    int hash = name.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x7feb352d;
    hash = (hash ^ (hash >>> 15)) * 0x846ca68b;
    return hash ^ (hash >>> 16);
  }

  /** The number that goes with a part of what has a name. */
  public static int number(String name, int part) {
    int hash = name.hashCode() * 31 + part;
    hash = (hash ^ (hash >>> 16)) * 0x2c1b3c6d;
    hash = (hash ^ (hash >>> 12)) * 0x297a2d39;
    return hash ^ (hash >>> 15);
  }

  /**
   * Says that the computation that is running on this thread, if any, reads an input.
   *
   * @param number of what may change on its own; two inputs may have one
   */
  public void read(int number) {
    if (mode == Mode.ONCE) {
      return;
    }
    Frame frame = frames.get();
    if (frame == null) {
      return;
    }
    if (mode == Mode.NOTED) {
      frame.add(number);
      return;
    }
    Input known = inputs.get(number);
    frame.add(
        known != null
            ? known
            : inputs.computeIfAbsent(number, n -> new Input(n, changes.revision())));
  }

  /**
   * What there is to keep of answers.
   *
   * @param settled the values of the settled answers in between, by name
   */
  public record Noted(Footprints footprints, Map<Long, Object> settled) {
    public Noted {
      settled = Map.copyOf(settled);
    }
  }

  /** Whether an input was ever read, where they may change. */
  public boolean isRead(int number) {
    return inputs.containsKey(number);
  }

  /**
   * On what answers hang, which are up to date. Nobody may ask or change anything meanwhile. Linear
   * in the number of all answers in between. Where nothing ever changes this is meant to be the
   * last question: all answers are forgotten with it, as what it takes would come on top of them;
   * and who hangs on a settled one whose value has a number is told to hang on that.
   *
   * @param keys of answers that are known
   * @throws IllegalStateException if no notes are taken, or an answer is not known
   */
  public Noted footprints(List<?> keys) {
    List<Node> roots = new ArrayList<>(keys.size());
    for (Object key : keys) {
      Optional<? extends Node> root =
          mode == Mode.LIVE
              ? Optional.ofNullable(answers.get(key)).filter(Answer::isKnown)
              : Optional.ofNullable(fixed.get(key)).filter(o -> mode == Mode.NOTED && o.isKnown());
      roots.add(root.orElseThrow(() -> new IllegalStateException("not known: " + key)));
    }
    Map<Long, Object> values = settled.take();
    fixed.values().forEach(Once::drop);
    fixed.clear();
    Footprints footprints = FootprintWalk.of(roots);
    values
        .keySet()
        .retainAll(
            footprints.settled().stream()
                .map(Footprints.Settled::name)
                .collect(Collectors.toSet()));
    return new Noted(footprints, values);
  }

  /**
   * The answer under {@code key}, computed if it is not known or no longer right.
   *
   * @param key equal for the same question, and always asked for with the same type
   */
  @SuppressWarnings("unchecked") // one type for each key, as the contract says
  public <T> T get(Object key, Supplier<T> compute) {
    return (T) (mode == Mode.LIVE ? answer(key, compute).get() : fixed(key).get(compute, this));
  }

  /**
   * The same for answers that are large: only the most recent ones are kept, the others are made
   * again. What hangs on them is known all the same.
   */
  @SuppressWarnings("unchecked") // as above
  public <T> T recent(Object key, Supplier<T> compute) {
    if (mode != Mode.LIVE) {
      Once once = fixed(key);
      return keepRecent(key, (T) once.get(compute, this), once::drop);
    }
    Answer answer = answer(key, compute);
    return keepRecent(key, (T) answer.get(), answer::drop);
  }

  /**
   * The same for one of very many answers that are seldom asked for twice: where nothing ever
   * changes it is not kept, and whoever asks hangs on what it hangs on, but for inputs that he
   * looks after himself.
   *
   * @param isOwn of the number of an input, whether it is one of these
   */
  public <T> T passing(Object key, Supplier<T> compute, IntPredicate isOwn) {
    if (mode == Mode.LIVE) {
      return get(key, compute);
    }
    Frame frame = open();
    try {
      return compute.get();
    } finally {
      close(frame);
      if (mode == Mode.NOTED) {
        IntStream.of(frame.numbers()).filter(isOwn.negate()).forEach(this::read);
        Arrays.stream(frame.nodes()).forEach(this::use);
      }
    }
  }

  private <T> T keepRecent(Object key, T value, Runnable drop) {
    synchronized (recent) {
      recent.put(key, drop);
    }
    return value;
  }

  /**
   * The same for answers that hang on nearly everything and seldom become others, such as a table
   * of the whole tree or an entry of one. They are brought up to date whenever inputs change, so
   * that whoever hangs on one need not look further than to it.
   */
  public <T> T settled(Object key, Supplier<T> compute) {
    return settled.get(key, compute);
  }

  /**
   * The settled answer that {@link Footprints} know by a name, as it is now; empty if nobody has
   * asked for it. Whoever asks does not hang on it.
   */
  public Optional<Object> settledNow(long name) {
    return settled.now(name);
  }

  /**
   * Has settled answers that somebody knows not found again, until the next change. Nobody may ask
   * anything meanwhile. Where nothing ever changes on what such an answer hangs is not known.
   */
  public void lend(Lender lender) {
    if (mode == Mode.NOTED) {
      throw new IllegalStateException("what is lent does not tell what it hangs on");
    }
    settled.lend(lender);
    if (mode == Mode.LIVE) {
      changed(List.of(SettledAnswers.LENT));
    }
  }

  private Once fixed(Object key) {
    Once known = fixed.get(key);
    Once once = known != null ? known : fixed.computeIfAbsent(key, k -> new Once());
    use(once);
    return once;
  }

  private Answer answer(Object key, Supplier<?> compute) {
    Answer known = answers.get(key);
    Answer answer =
        known != null ? known : answers.computeIfAbsent(key, k -> new Answer(this, compute));
    use(answer);
    return answer;
  }

  /** Says that the inputs of those numbers have become others. */
  public void changed(Collection<Integer> numbers) {
    List<Integer> all = new ArrayList<>(numbers);
    if (!numbers.contains(SettledAnswers.LENT) && settled.endLoan()) {
      all.add(SettledAnswers.LENT);
    }
    List<Input> others = new ArrayList<>();
    long groups = 0;
    for (int number : all) {
      Input input = inputs.get(number);
      if (input != null) { // Else nobody has asked.
        others.add(input);
        groups |= input.groups;
      }
    }
    changes.add(groups);
    others.forEach(i -> i.changedAt = revision());
    List<Settled> moved = settled.settle();
    while (!moved.isEmpty()) {
      long more = 0;
      for (Settled one : moved) {
        more |= one.groups;
      }
      changes.add(more);
      moved.forEach(one -> one.changedAt = revision());
      moved = settled.settle();
    }
  }

  int revision() {
    return changes.revision();
  }

  Changes changes() {
    return changes;
  }

  /** Notes that the computation that is running on this thread, if any, reads the node. */
  void use(Node node) {
    if (mode != Mode.ONCE) {
      Frame frame = frames.get();
      if (frame != null) {
        frame.add(node);
      }
    }
  }

  /**
   * Computes something that the computation that is running on this thread, if any, does not hang
   * on: whoever asks sees to it that it is right.
   */
  public <T> T apart(Supplier<T> compute) {
    if (mode == Mode.ONCE) {
      return compute.get();
    }
    Frame outer = frames.get();
    frames.remove();
    try {
      return compute.get();
    } finally {
      frames.set(outer);
    }
  }

  /** Begins to note what is read on this thread. */
  Frame open() {
    if (mode == Mode.ONCE) {
      return Frame.NONE;
    }
    Frame frame = new Frame(frames.get());
    frames.set(frame);
    return frame;
  }

  /** Ends what {@link #open} began. */
  void close(Frame frame) {
    if (mode != Mode.ONCE) {
      frames.set(frame.outer);
    }
  }
}
