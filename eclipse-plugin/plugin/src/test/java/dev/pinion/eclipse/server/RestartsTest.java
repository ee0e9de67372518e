// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void theFifthDeathInThreeMinutesIsTheLast() {
    Restarts restarts = new Restarts();
    for (int i = 0; i < 4; i++) {
      assertTrue(restarts.died(i * SECOND));
    }
    assertFalse(restarts.died(179 * SECOND));
  }

  @Test
  void oldDeathsAreForgotten() {
    Restarts restarts = new Restarts();
    for (int i = 0; i < 20; i++) {
      assertTrue(restarts.died(60L * i * SECOND), "death " + i);
    }
  }
}
