// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;

/** The language server's door. */
public final class LspServer {
  private static final Logger LOG = Logger.getLogger(LspServer.class.getName());
  private static final Duration POLL = Duration.ofSeconds(2);

  private LspServer() {}

  /**
   * Serves one client until it says exit, closes its end, or dies. All threads that are left then
   * are daemons: a caller that returns from its main ends the process.
   *
   * @param in the client's messages
   * @param out the server's; nothing else may be written to it
   * @return 0 if the client shut the server down before it left, else 1
   */
  public static int run(InputStream in, OutputStream out) {
    PrintStream standardOut = System.out;
    // A library that prints would break the protocol; what it says belongs into the log.
    System.setOut(System.err);
    quieten();
    try {
      return serve(in, out, new EngineAnalyzer(), POLL);
    } finally {
      System.setOut(standardOut);
    }
  }

  /** Editors cancel hovers that have been answered already; a log need not say so each time. */
  private static void quieten() {
    Logger.getLogger(RemoteEndpoint.class.getName())
        .setFilter(record -> !record.getMessage().startsWith("Unmatched cancel notification"));
  }

  /**
   * Serves one client until it says exit, closes its end, or dies.
   *
   * @param poll how often to look whether the client lives and files have changed
   */
  static int serve(InputStream in, OutputStream out, Analyzer analyzer, Duration poll) {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    PinionServer server = new PinionServer(analyzer, end::complete);
    ExecutorService reader = Executors.newSingleThreadExecutor(daemon("pinion-protocol"));
    ScheduledExecutorService poller =
        Executors.newSingleThreadScheduledExecutor(daemon("pinion-poll"));
    try {
      Launcher<PinionClient> launcher =
          new Connection()
              .setLocalService(server)
              .setRemoteInterface(PinionClient.class)
              .setInput(in)
              .setOutput(out)
              .setExecutorService(reader)
              .create();
      server.connect(launcher.getRemoteProxy());
      Future<Void> listening = launcher.startListening();
      // Queued behind the listening task on its only thread: runs when the input has ended.
      Future<?> ended = reader.submit(() -> end.complete(server.exitStatus()));
      ScheduledFuture<?> polling =
          poller.scheduleWithFixedDelay(
              () -> poll(server), poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
      int status = end.join();
      polling.cancel(true);
      ended.cancel(false);
      listening.cancel(false);
      return status;
    } finally {
      server.close();
      poller.shutdownNow();
      reader.shutdownNow();
    }
  }

  private static void poll(PinionServer server) {
    try {
      server.poll();
    } catch (RuntimeException e) {
      // An exception would end the polling for good, and with it the watch over the parent.
      LOG.log(Level.WARNING, "polling failed", e);
    }
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
