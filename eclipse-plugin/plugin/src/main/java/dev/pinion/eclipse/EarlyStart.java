// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import org.eclipse.ui.IStartup;

/** Begins when the workbench does: no editor knows that it should wake us. */
public final class EarlyStart implements IStartup {
  @Override
  public void earlyStartup() {
    PinionPlugin.session();
  }
}
