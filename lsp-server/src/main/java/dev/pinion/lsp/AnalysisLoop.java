// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The one thread that analyses. A request waits for its delay, and a newer one for the same tree
 * takes its place, so that a burst of changes is analysed once.
 */
final class AnalysisLoop implements AutoCloseable {

  /** What the loop does; must not throw. */
  interface Work {
    /**
     * Analyses a tree.
     *
     * @param cancelled becomes true when the outcome is no longer wanted
     */
    void run(Path root, BooleanSupplier cancelled);

    /** Nothing is left to do. */
    void idle();
  }

  /** What becomes of a run that is under way when its tree changes. */
  enum UnderWay {
    /** It is cancelled: it works on what is old by now. */
    CANCELLED,
    /** It goes on, and another one follows: cancelled, a long first run would never end. */
    FINISHED
  }

  /** What somebody wants to know in between; must not throw. */
  interface Question {
    /**
     * Finds out.
     *
     * @param cancelled becomes true when the answer is no longer wanted, and is so from the
     *     beginning if there will be no answer
     */
    void answer(BooleanSupplier cancelled);
  }

  /**
   * What the thread does.
   *
   * @param question empty for an analysis of the tree
   */
  private record Running(Path root, Optional<Question> question, AtomicBoolean cancelled) {}

  private final Work work;
  private final Thread thread;
  private final TreeMap<Path, Long> due = new TreeMap<>();
  private final Deque<Running> asked = new ArrayDeque<>();
  private Optional<Running> running = Optional.empty();
  private boolean closed;

  /** Starts the thread. */
  AnalysisLoop(Work work) {
    this.work = work;
    this.thread = new Thread(this::loop, "pinion-analysis");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Asks for a run on a tree.
   *
   * @param delay how long nothing else must be asked before it begins
   */
  synchronized void request(Path root, Duration delay, UnderWay underWay) {
    due.put(root, System.nanoTime() + delay.toNanos());
    if (underWay == UnderWay.CANCELLED) {
      cancel(root);
    }
    notifyAll();
  }

  /** Asks a question about a tree; an analysis of it that is due comes after. */
  void ask(Path root, Question question) {
    synchronized (this) {
      if (!closed) {
        asked.add(new Running(root, Optional.of(question), new AtomicBoolean()));
        notifyAll();
        return;
      }
    }
    question.answer(() -> true);
  }

  /** Cancels the run on a tree that is under way, if there is one, and what is asked about it. */
  synchronized void cancel(Path root) {
    asked.stream().filter(r -> r.root().equals(root)).forEach(r -> r.cancelled().set(true));
    running.filter(r -> r.root().equals(root)).ifPresent(r -> r.cancelled().set(true));
  }

  /** Forgets a tree. */
  synchronized void drop(Path root) {
    due.remove(root);
    cancel(root);
  }

  /** Ends the thread; gives a run that is under way two seconds to notice. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      due.clear();
      asked.forEach(r -> r.cancelled().set(true));
      running.ifPresent(r -> r.cancelled().set(true));
      notifyAll();
    }
    try {
      thread.join(Duration.ofSeconds(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the thread has ended, so that what it used may be closed. */
  boolean ended() {
    return !thread.isAlive();
  }

  private void loop() {
    for (Optional<Running> next = next(); next.isPresent(); next = next()) {
      Running run = next.get();
      if (run.question().isPresent()) {
        run.question().get().answer(run.cancelled()::get);
      } else {
        work.run(run.root(), run.cancelled()::get);
      }
      if (finish()) {
        work.idle();
      }
    }
  }

  private synchronized boolean finish() {
    running = Optional.empty();
    return due.isEmpty() && !closed;
  }

  /** Waits for the next run; empty once closed. */
  private synchronized Optional<Running> next() {
    try {
      while (!closed || !asked.isEmpty()) {
        if (!asked.isEmpty()) {
          running = Optional.of(asked.remove());
          return running;
        }
        long wait = Long.MAX_VALUE;
        for (Map.Entry<Path, Long> entry : due.entrySet()) {
          wait = Math.min(wait, entry.getValue() - System.nanoTime());
          if (wait <= 0) {
            Path root = entry.getKey(); // Which the map may put another into when it is removed.
            due.remove(root);
            Running run = new Running(root, Optional.empty(), new AtomicBoolean());
            running = Optional.of(run);
            return running;
          }
        }
        if (wait == Long.MAX_VALUE) {
          wait();
        } else {
          TimeUnit.NANOSECONDS.timedWait(this, wait);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
