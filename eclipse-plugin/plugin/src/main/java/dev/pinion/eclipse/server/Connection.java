// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageServer;

/** One process that runs a server, and the talk with it. */
final class Connection {
  private static final int LAST_LINES = 3;
  private static final long SHUTDOWN_SECONDS = 2;
  private static final long EXIT_SECONDS = 3;

  private final Process process;
  private final ClientSide client;
  private final LanguageServer server;
  private final ExecutorService readers;
  private final Deque<String> said = new ArrayDeque<>();
  private final Future<?> errors;

  private Connection(Process process, ClientSide client) {
    this.process = process;
    this.client = client;
    this.readers = Executors.newFixedThreadPool(2, daemons("pinion-reader"));
    Launcher<LanguageServer> launcher =
        LSPLauncher.createClientLauncher(
            client, process.getInputStream(), process.getOutputStream(), readers, c -> c);
    this.server = launcher.getRemoteProxy();
    this.errors = readers.submit(this::listenToErrors);
    Future<?> unused = launcher.startListening();
  }

  /**
   * Starts a process.
   *
   * @param command the program and its arguments
   * @throws IOException if there is no such program
   */
  static Connection start(List<String> command, ClientSide client) throws IOException {
    return new Connection(new ProcessBuilder(command).start(), client);
  }

  static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  Process process() {
    return process;
  }

  LanguageServer server() {
    return server;
  }

  /** The last lines that a process which has ended has written to its standard error. */
  String lastWords() {
    try {
      errors.get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // A child of the dead one may hold the stream open; what was read until now has to do.
    }
    synchronized (said) {
      return String.join(" | ", said);
    }
  }

  /** Says good-bye, and after some seconds does not wait for the answer any more. */
  void close() {
    try {
      if (!process.isAlive()) {
        return;
      }
      server.shutdown().get(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
      server.exit();
      if (process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      // Dead already, or deaf: what follows is for both.
    } finally {
      process.destroyForcibly();
      readers.shutdownNow();
      client.lost();
    }
  }

  private void listenToErrors() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (said) {
          said.addLast(line);
          if (said.size() > LAST_LINES) {
            said.removeFirst();
          }
        }
      }
    } catch (IOException e) {
      // The process is gone; what it said until then is kept.
    }
  }
}
