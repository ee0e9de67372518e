// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Progress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Shows a scan's progress when it is worth showing: at once for the first scan of a tree, later
 * only when a scan takes longer than a second, so that typing does not flicker. What it passes on
 * is at most one step per percent, and never goes back.
 */
final class ScanProgress implements Progress, AutoCloseable {

  /** When to begin to show. */
  enum Show {
    AT_ONCE,
    WHEN_SLOW
  }

  /** Where progress is shown. */
  interface Display {
    /** Shows nothing. */
    Display NONE =
        new Display() {
          @Override
          public void begin() {}

          @Override
          public void step(int percent, String message) {}

          @Override
          public void end() {}
        };

    void begin();

    /**
     * @param percent 0 to 100, never less than before
     */
    void step(int percent, String message);

    /** After {@link #begin}, once. */
    void end();
  }

  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final Display display;
  private final LongSupplier clock;
  private final long beginAt;
  private final AtomicInteger percent = new AtomicInteger(-1);
  private volatile Optional<Step> latest = Optional.empty();
  private boolean begun;
  private boolean ended;

  private record Step(int percent, String message) {}

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  ScanProgress(Display display, Show show, LongSupplier clock) {
    this.display = display;
    this.clock = clock;
    this.beginAt = clock.getAsLong() + (show == Show.AT_ONCE ? 0 : PATIENCE_NANOS);
  }

  @Override
  public void at(Phase phase, int done, int total) {
    int now = percent(phase, done, total);
    int before = percent.get();
    if (now > before && percent.compareAndSet(before, now)) {
      Step step = new Step(now, message(phase, done, total));
      latest = Optional.of(step);
      showIfDue(step);
    }
  }

  /** Called now and then, for a step that is slow itself and would say nothing until it is done. */
  void tick() {
    latest.ifPresent(this::showIfDue);
  }

  private synchronized void showIfDue(Step step) {
    if (ended || step.percent() < percent.get() || clock.getAsLong() - beginAt < 0) {
      return;
    }
    if (!begun) {
      begun = true;
      display.begin();
    }
    display.step(step.percent(), step.message());
  }

  @Override
  public synchronized void close() {
    ended = true;
    if (begun) {
      display.end();
    }
  }

  private static int percent(Phase phase, int done, int total) {
    return switch (phase) {
      case LISTING -> 0;
      case FILES -> part(1, 80, done, total).orElse(1);
      case LINKING -> part(81, 90, done, total).orElse(81);
      case RULES -> part(90, 100, done, total).orElse(90);
    };
  }

  private static Optional<Integer> part(int from, int to, int done, int total) {
    if (total <= 0) {
      return Optional.empty();
    }
    int within = Math.max(0, Math.min(done, total));
    return Optional.of(from + (int) ((long) (to - from) * within / total));
  }

  private static String message(Phase phase, int done, int total) {
    String what =
        switch (phase) {
          case LISTING -> "listing files";
          case FILES -> "reading files";
          case LINKING -> "linking";
          case RULES -> "running rules";
        };
    return total > 0 ? what + " " + done + "/" + total : what;
  }
}
