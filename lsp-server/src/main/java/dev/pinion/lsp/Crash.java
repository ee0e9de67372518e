// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

/** What a bug report needs. */
final class Crash {
  private static final int FRAMES = 12;

  private Crash() {}

  /** The innermost cause and where it comes from. */
  static String trace(Throwable crash) {
    Throwable cause = crash;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    StringBuilder text = new StringBuilder(cause.toString());
    StackTraceElement[] frames = cause.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
      text.append("\n  at ").append(frames[i]);
    }
    return text.toString();
  }
}
