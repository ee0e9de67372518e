// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkDoneProgressNotification;
import org.eclipse.lsp4j.WorkDoneProgressReport;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * A progress bar in the editor. The client must agree to the token first; until it has, only the
 * last step is kept. If it refuses, or the work is over by then, nothing is shown at all, so that
 * an end never comes without its beginning.
 */
final class WorkDoneProgress implements ScanProgress.Display {
  private enum State {
    NEW,
    ASKED,
    BEGUN,
    OVER
  }

  private final PinionClient client;
  private final String token;
  private final String title;
  private State state = State.NEW;
  private int percent;
  private String message = "";

  /**
   * @param token a name the client has not seen yet
   */
  WorkDoneProgress(PinionClient client, String token, String title) {
    this.client = client;
    this.token = token;
    this.title = title;
  }

  @Override
  public void begin() {
    synchronized (this) {
      state = State.ASKED;
    }
    CompletableFuture<?> unused =
        client
            .createProgress(new WorkDoneProgressCreateParams(Either.forLeft(token)))
            .whenComplete((nothing, refused) -> agreed(refused == null));
  }

  private synchronized void agreed(boolean yes) {
    if (state != State.ASKED) {
      return;
    }
    if (!yes) {
      state = State.OVER;
      return;
    }
    state = State.BEGUN;
    WorkDoneProgressBegin begin = new WorkDoneProgressBegin();
    begin.setTitle(title);
    begin.setCancellable(true);
    begin.setPercentage(percent);
    begin.setMessage(message);
    send(begin);
  }

  @Override
  public synchronized void step(int newPercent, String newMessage) {
    percent = newPercent;
    message = newMessage;
    if (state == State.BEGUN) {
      WorkDoneProgressReport report = new WorkDoneProgressReport();
      report.setCancellable(true);
      report.setPercentage(percent);
      report.setMessage(message);
      send(report);
    }
  }

  @Override
  public synchronized void end() {
    if (state == State.BEGUN) {
      send(new WorkDoneProgressEnd());
    }
    state = State.OVER;
  }

  private void send(WorkDoneProgressNotification value) {
    client.notifyProgress(new ProgressParams(Either.forLeft(token), Either.forLeft(value)));
  }
}
