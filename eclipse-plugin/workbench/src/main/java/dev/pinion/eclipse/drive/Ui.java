// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.drive;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;

/** The workbench's thread, from outside of it. */
final class Ui {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 50;

  private final IWorkbench workbench;
  private final Path pictures;

  Ui(IWorkbench workbench, Path pictures) {
    this.workbench = workbench;
    this.pictures = pictures;
  }

  /** Something to do there. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  IWorkbenchWindow window() {
    return workbench.getWorkbenchWindows()[0];
  }

  IWorkbenchPage page() {
    return window().getActivePage();
  }

  /** Asks something on the workbench's thread. */
  <T> T ask(Callable<T> question) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    workbench
        .getDisplay()
        .syncExec(
            () -> {
              try {
                answer.complete(question.call());
              } catch (Exception | AssertionError e) {
                answer.completeExceptionally(e);
              }
            });
    return answer.get();
  }

  /** Does something on the workbench's thread. */
  void run(Action action) throws Exception {
    ask(
        () -> {
          action.run();
          return true;
        });
  }

  /** Has something done there that may not come back for long, such as a dialog. */
  void later(Action action) {
    workbench
        .getDisplay()
        .asyncExec(
            () -> {
              try {
                action.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /**
   * Waits until something is there.
   *
   * @param what to say if it does not come
   */
  <T> T await(String what, Callable<Optional<T>> look) throws Exception {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (System.nanoTime() < end) {
      Optional<T> found = ask(look);
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new AssertionError(what + ": not in " + PATIENCE_MILLIS / 1000 + " s");
  }

  /** Waits until something holds. */
  void until(String what, Callable<Boolean> holds) throws Exception {
    await(what, () -> holds.call() ? Optional.of(true) : Optional.empty());
  }

  /** A picture of the window and what stands in front of it, when everything is drawn. */
  void picture(String name) throws Exception {
    Thread.sleep(1500);
    run(
        () -> {
          Shell shell = window().getShell();
          Rectangle shown = workbench.getDisplay().map(shell, null, shell.getClientArea());
          // The menu stands above it.
          int height = shown.y + shown.height;
          Image image = new Image(workbench.getDisplay(), shown.width, height);
          GC gc = new GC(workbench.getDisplay());
          gc.copyArea(image, shown.x, 0);
          gc.dispose();
          ImageLoader loader = new ImageLoader();
          loader.data = new ImageData[] {image.getImageData()};
          loader.save(pictures.resolve(name + ".png").toString(), SWT.IMAGE_PNG);
          image.dispose();
        });
  }

  /** The first control of a type inside of another one that is as wanted. */
  static <T extends Control> Optional<T> find(Control control, Class<T> type, Predicate<T> wanted) {
    if (type.isInstance(control) && wanted.test(type.cast(control))) {
      return Optional.of(type.cast(control));
    }
    if (control instanceof Composite composite) {
      for (Control child : composite.getChildren()) {
        Optional<T> found = find(child, type, wanted);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
