// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A fixed number of daemon threads with stacks deep enough for nested C. Tasks are numbered, so
 * that results can be put in order whoever computes them.
 */
final class Workers implements AutoCloseable {
  /**
   * The parser and the lowering recurse over expressions; what overflows even this is a problem
   * entry.
   */
  private static final long STACK_BYTES = 64L << 20;

  private final int threads;
  private final ExecutorService pool;
  private final List<Future<?>> begun = new ArrayList<>(1);

  Workers(int threads) {
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(null, task, "pinion-" + number.incrementAndGet(), STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        };
    pool = Executors.newFixedThreadPool(threads, factory);
  }

  /**
   * Runs the tasks 0 to {@code count} - 1, lowest numbers first, and waits for all.
   *
   * @throws CancelledException once cancelled; tasks that have begun are finished first
   * @throws IllegalStateException with the cause, if a task failed; the same holds
   */
  void run(int count, IntConsumer task, Cancellation cancellation) throws CancelledException {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, count); i++) {
      running.add(
          pool.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                  if (cancellation.cancelled()) {
                    return;
                  }
                  task.accept(n);
                }
              }));
    }
    Optional<IllegalStateException> failure = Optional.empty();
    for (Future<?> future : running) {
      Optional<IllegalStateException> one = await(future);
      if (one.isPresent()) {
        next.set(count); // No new tasks, but those that run are waited for: they use the store.
        failure = failure.or(() -> one);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (cancellation.cancelled()) {
      throw new CancelledException();
    }
  }

  /** Begins with something that will be asked for, and is found then if this fails. */
  void begin(Runnable task) {
    begun.add(pool.submit(task));
  }

  /** The failure of a thread's tasks, if one failed. */
  private static Optional<IllegalStateException> await(Future<?> future) throws CancelledException {
    try {
      future.get();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } catch (ExecutionException e) {
      return Optional.of(new IllegalStateException("a task failed: " + e.getCause(), e.getCause()));
    }
  }

  /** Waits for what was begun: it uses the store, and an interrupted read closes a file. */
  @Override
  public void close() {
    for (Future<?> one : begun) {
      try {
        one.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      } catch (ExecutionException e) {
        // Nobody has asked for it.
      }
    }
    pool.shutdownNow();
  }
}
