// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into a request to stop, and keeps the process alive until the command
 * has said what was done. Without it the JVM would end in the middle of a line, with a status that
 * is not ours.
 */
public final class Interrupt implements Cancellation {
  /** A command that has not ended by then does not end by itself. */
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean listening;
  private volatile boolean cancelled;
  private volatile int status = ExitStatus.FAILED;

  private Interrupt() {}

  /** Starts to listen. */
  public static Interrupt install() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupt::onShutdown, "pinion-interrupt"));
    return interrupt;
  }

  @Override
  public boolean cancelled() {
    listening = true;
    return cancelled;
  }

  /** To be called when everything is printed, before the process ends. */
  public void finished(int exitStatus) {
    status = exitStatus;
    done.countDown();
  }

  /** Runs on a signal, and also at every ordinary exit, where everything is done already. */
  private void onShutdown() {
    if (done.getCount() == 0 || !listening) {
      return; // A command that never asks, such as the language server, is not waited for.
    }
    cancelled = true;
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("pinion: interrupted and not ended in time; killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The main thread waits for this hook inside System.exit; only halt() can set the status now.
    Runtime.getRuntime().halt(status);
  }
}
