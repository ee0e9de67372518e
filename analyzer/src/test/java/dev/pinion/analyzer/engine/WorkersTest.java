// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void afterAFailureTheTasksThatRunAreWaitedFor() {
    CountDownLatch bothRun = new CountDownLatch(2);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (Workers workers = new Workers(2)) {
      CompletableFuture<Boolean> result =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  workers.run(2, n -> task(n, bothRun, mayEnd), () -> false);
                  return true;
                } catch (CancelledException e) {
                  return false;
                }
              });
      assertThrows(TimeoutException.class, () -> result.get(100, TimeUnit.MILLISECONDS));
      mayEnd.countDown();
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> result.get(1, TimeUnit.MINUTES));
      assertTrue(String.valueOf(failure.getMessage()).contains("the first one"));
    }
  }

  private static void task(int number, CountDownLatch bothRun, CountDownLatch mayEnd) {
    try {
      bothRun.countDown();
      bothRun.await();
      if (number == 0) {
        throw new IllegalArgumentException("the first one");
      }
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
