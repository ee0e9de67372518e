// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.ProgressProvider;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkDoneProgressReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressJobsTest {
  private final ProgressJobs jobs = new ProgressJobs();
  private final Monitor monitor = new Monitor();

  @BeforeEach
  void watch() {
    Job.getJobManager()
        .setProgressProvider(
            new ProgressProvider() {
              @Override
              public IProgressMonitor createMonitor(Job job) {
                return monitor;
              }
            });
  }

  @AfterEach
  void unwatch() {
    Job.getJobManager().setProgressProvider(null);
  }

  @Test
  void stepsAreShownUntilTheEnd() throws InterruptedException {
    jobs.step("a 1", begin(), ProgressJobsTest::never);
    jobs.step("a 1", report(30, "300 of 1000 files"), ProgressJobsTest::never);
    // Another one, of which nobody has seen a beginning.
    jobs.step("b 1", report(90, "900 of 1000 files"), ProgressJobsTest::never);
    jobs.step("a 1", report(70, "700 of 1000 files"), ProgressJobsTest::never);
    jobs.step("a 1", new WorkDoneProgressEnd(), ProgressJobsTest::never);
    until(() -> monitor.seen.contains("done"));
    assertEquals(
        List.of(
            "begin reading linux",
            "300 of 1000 files",
            "worked 30",
            "700 of 1000 files",
            "worked 40",
            "done"),
        monitor.seen);
  }

  @Test
  void whoCancelsIsHeardOnce() throws InterruptedException {
    AtomicInteger cancelled = new AtomicInteger();
    jobs.step("a 1", begin(), cancelled::incrementAndGet);
    until(() -> monitor.seen.contains("begin reading linux"));
    monitor.setCanceled(true);
    until(() -> cancelled.get() > 0);
    jobs.step("a 1", report(50, "almost"), ProgressJobsTest::never);
    jobs.step("a 1", new WorkDoneProgressEnd(), ProgressJobsTest::never);
    until(() -> monitor.seen.contains("done"));
    assertEquals(1, cancelled.get());
  }

  private static void never() {
    throw new AssertionError("nobody has cancelled it");
  }

  private static WorkDoneProgressBegin begin() {
    WorkDoneProgressBegin begin = new WorkDoneProgressBegin();
    begin.setTitle("reading linux");
    return begin;
  }

  private static WorkDoneProgressReport report(int percent, String message) {
    WorkDoneProgressReport report = new WorkDoneProgressReport();
    report.setPercentage(percent);
    report.setMessage(message);
    return report;
  }

  private static void until(BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not in 30 s");
      Thread.sleep(10);
    }
  }

  private static final class Monitor extends NullProgressMonitor {
    final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    public void beginTask(String name, int totalWork) {
      seen.add("begin " + name);
    }

    @Override
    public void subTask(String name) {
      seen.add(name);
    }

    @Override
    public void worked(int work) {
      seen.add("worked " + work);
    }

    @Override
    public void done() {
      if (!seen.contains("done")) {
        seen.add("done");
      }
    }
  }
}
