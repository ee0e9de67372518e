// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

/** The workbench's error log. */
@FunctionalInterface
interface Log {
  /**
   * Writes a line.
   *
   * @param severity one of {@code IStatus}'s
   */
  void say(int severity, String line);
}
