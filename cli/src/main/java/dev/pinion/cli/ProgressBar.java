// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that is drawn over and over: what is being done, how far it is, how fast
 * it goes, how long it will take.
 */
final class ProgressBar implements Progress, AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final String CLEAR = "\r\u001b[K";
  private static final int WIDTH = 20;

  private final PrintStream err;
  private final LongSupplier clock;
  private long lastDrawn = Long.MIN_VALUE;
  private long phaseStart;
  private Phase phase = Phase.LISTING;

  /**
   * @param clock nanoseconds, as from {@link System#nanoTime}
   */
  ProgressBar(PrintStream err, LongSupplier clock) {
    this.err = err;
    this.clock = clock;
    this.phaseStart = clock.getAsLong();
  }

  @Override
  public synchronized void at(Phase now, int done, int total) {
    long time = clock.getAsLong();
    if (now != phase) {
      phase = now;
      phaseStart = time;
    } else if (lastDrawn != Long.MIN_VALUE && time - lastDrawn < REDRAW_NANOS) {
      return;
    }
    lastDrawn = time;
    err.print(CLEAR + line(now, done, total, time - phaseStart));
    err.flush();
  }

  /** Takes the line away. */
  @Override
  public synchronized void close() {
    if (lastDrawn != Long.MIN_VALUE) {
      err.print(CLEAR);
      err.flush();
    }
  }

  private static String line(Phase phase, int done, int total, long nanos) {
    double seconds = nanos / 1e9;
    StringBuilder line = new StringBuilder(label(phase));
    if (total > 0) {
      int filled = (int) ((long) WIDTH * Math.min(done, total) / total);
      line.append(" [").append("#".repeat(filled)).append(".".repeat(WIDTH - filled)).append("] ");
      line.append(done).append('/').append(total);
    } else if (done > 0) {
      line.append(' ').append(done);
    }
    if (done > 0 && seconds > 0.2) {
      double rate = done / seconds;
      line.append(String.format(Locale.ROOT, "  %.0f/s", rate));
      if (total > done) {
        line.append(String.format(Locale.ROOT, "  %.0f s left", Math.ceil((total - done) / rate)));
      }
    }
    return line.toString();
  }

  private static String label(Phase phase) {
    return switch (phase) {
      case LISTING -> "listing files";
      case FILES -> "reading files";
      case LINKING -> "linking";
      case RULES -> "running rules";
    };
  }
}
