// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

/** What {@code pinion} tells its caller; scripts rely on the numbers. */
public final class ExitStatus {
  /** Nothing at or above {@code --fail-on}. */
  public static final int OK = 0;

  /** Findings at or above {@code --fail-on}. */
  public static final int FINDINGS = 1;

  /** Arguments or input that cannot be used; one line on standard error says what to do. */
  public static final int UNUSABLE = 2;

  /** The analysis failed or was cut short; what was done is printed. */
  public static final int FAILED = 3;

  private ExitStatus() {}
}
