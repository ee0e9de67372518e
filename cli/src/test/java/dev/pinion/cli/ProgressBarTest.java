// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.engine.Progress.Phase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  @Test
  void drawsCountRateAndTimeLeftNotTooOften() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    AtomicLong clock = new AtomicLong();
    try (ProgressBar bar =
        new ProgressBar(new PrintStream(err, true, StandardCharsets.UTF_8), clock::get)) {
      bar.at(Phase.LISTING, 0, 0);
      bar.at(Phase.FILES, 0, 400);
      clock.set(1_000_000_000L);
      bar.at(Phase.FILES, 100, 400);
      clock.addAndGet(1_000_000L);
      bar.at(Phase.FILES, 101, 400);
      bar.at(Phase.RULES, 7, 0);
    }
    assertEquals(
        """
        listing files
        reading files [....................] 0/400
        reading files [#####...............] 100/400  100/s  3 s left
        running rules 7
        """,
        err.toString(StandardCharsets.UTF_8).replace("\r\u001b[K", "\n").substring(1));
  }

  @Test
  void leavesNoTraceIfNothingWasDrawn() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    new ProgressBar(new PrintStream(err, true, StandardCharsets.UTF_8), () -> 0L).close();
    assertEquals(0, err.size());
  }
}
