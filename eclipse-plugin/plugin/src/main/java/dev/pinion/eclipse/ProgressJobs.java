// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkDoneProgressNotification;
import org.eclipse.lsp4j.WorkDoneProgressReport;

/** What servers are at, in the workbench's Progress view, where it can be cancelled. */
final class ProgressJobs {
  private final Map<String, Work> works = new ConcurrentHashMap<>();

  /**
   * Shows a step.
   *
   * @param key what it is a step of
   * @param cancel what is to be done if the user does not want to wait
   */
  void step(String key, WorkDoneProgressNotification step, Runnable cancel) {
    if (step instanceof WorkDoneProgressBegin begin) {
      Work work = new Work(begin, cancel);
      works.put(key, work);
      work.schedule();
      return;
    }
    Work work = step instanceof WorkDoneProgressEnd ? works.remove(key) : works.get(key);
    if (work != null) {
      work.steps.add(step);
    }
  }

  private static final class Work extends Job {
    private static final int ALL = 100;
    private static final long LOOK_MILLIS = 200;

    private final BlockingQueue<WorkDoneProgressNotification> steps = new LinkedBlockingQueue<>();
    private final Runnable cancel;
    private int done;

    Work(WorkDoneProgressBegin begin, Runnable cancel) {
      super(begin.getTitle());
      this.cancel = cancel;
      steps.add(begin);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
      monitor.beginTask(getName(), ALL);
      boolean cancelled = false;
      try {
        while (true) {
          WorkDoneProgressNotification step = steps.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          if (step instanceof WorkDoneProgressEnd) {
            return cancelled ? Status.CANCEL_STATUS : Status.OK_STATUS;
          }
          if (step instanceof WorkDoneProgressReport report) {
            show(report, monitor);
          }
          if (monitor.isCanceled() && !cancelled) {
            cancelled = true;
            cancel.run();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Status.CANCEL_STATUS;
      } finally {
        monitor.done();
      }
    }

    private void show(WorkDoneProgressReport report, IProgressMonitor monitor) {
      monitor.subTask(Objects.requireNonNullElse(report.getMessage(), ""));
      int percent = Objects.requireNonNullElse(report.getPercentage(), done);
      monitor.worked(Math.max(0, percent - done));
      done = Math.max(done, percent);
    }
  }
}
