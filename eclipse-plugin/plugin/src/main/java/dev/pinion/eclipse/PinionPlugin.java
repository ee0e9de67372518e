// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import java.util.Optional;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.ui.plugin.AbstractUIPlugin;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** The plug-in's life: servers go when the workbench goes. */
public final class PinionPlugin extends AbstractUIPlugin {
  static final String ID = "dev.pinion.eclipse";

  // Eclipse makes the object and hands it to nobody: extensions have no other way to it.
  private static volatile @Nullable PinionPlugin running;

  private volatile @Nullable Session session;

  @Override
  public void start(BundleContext context) throws Exception {
    super.start(context);
    running = this;
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    try {
      running = null;
      Session ending = session;
      session = null;
      if (ending != null) {
        ending.close();
      }
    } finally {
      super.stop(context);
    }
  }

  /** What goes on between the workbench and its servers; begins it, if nobody has. */
  static Optional<Session> session() {
    PinionPlugin plugin = running;
    return plugin == null ? Optional.empty() : Optional.of(plugin.begun());
  }

  private synchronized Session begun() {
    Session begun = session;
    if (begun == null) {
      begun = new Session(getPreferenceStore(), this::log);
      session = begun;
      begun.begin();
    }
    return begun;
  }

  private void log(int severity, String line) {
    IStatus status = new Status(severity, ID, line);
    getLog().log(status);
  }
}
