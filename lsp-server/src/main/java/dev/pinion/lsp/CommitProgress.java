// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.util.concurrent.Future;

/** Shows how many commits of a series have been checked; the user may cancel it. */
final class CommitProgress implements Analysis.Commit, AutoCloseable {
  private final ScanProgress.Display bar;

  /**
   * @param answer cancelled when the user says so
   */
  CommitProgress(Editor editor, String range, Future<?> answer) {
    this.bar = editor.bar("Pinion: checking " + range, () -> answer.cancel(false));
    bar.begin();
  }

  @Override
  public void checked(int done, int total) {
    bar.step(total == 0 ? 100 : 100 * done / total, "commit " + done + "/" + total);
  }

  @Override
  public void close() {
    bar.end();
  }
}
