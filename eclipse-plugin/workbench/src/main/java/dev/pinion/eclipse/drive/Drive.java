// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.drive;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.core.runtime.Platform;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.PlatformUI;

/**
 * Runs the scenario when the workbench is there, and closes the workbench. Environment: OUT, the
 * file for what is to be said, whose last line is {@code ok} if all is well; TREE, the kernel tree;
 * FINDING, a file in it; LINE, the line there that has a finding; PINION, the path of the
 * executable; PICTURES, a folder.
 */
public final class Drive implements IStartup {
  @Override
  public void earlyStartup() {
    Thread thread = new Thread(Drive::run, "drive");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run() {
    try (PrintStream out =
        new PrintStream(
            Files.newOutputStream(Path.of(variable("OUT"))), true, StandardCharsets.UTF_8)) {
      try {
        Ui ui = new Ui(PlatformUI.getWorkbench(), Path.of(variable("PICTURES")));
        new Scenario(ui, out).run();
        out.println("ok");
      } catch (Exception | AssertionError e) {
        out.println("failed: " + e);
        Platform.getLog(Drive.class).error("the scenario failed", e);
      }
    } catch (IOException e) {
      Platform.getLog(Drive.class).error("nothing can be said", e);
    }
    PlatformUI.getWorkbench()
        .getDisplay()
        .asyncExec(
            () -> {
              PlatformUI.getWorkbench()
                  .getActiveWorkbenchWindow()
                  .getActivePage()
                  .closeAllEditors(false);
              PlatformUI.getWorkbench().close();
            });
  }

  /** What the environment says; it must say something. */
  static String variable(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set");
    }
    return value;
  }
}
