// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Input that cannot be used. The message is one line for the user: where, what, what to do. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An error found by looking. */
  public SourceException(String message) {
    super(message);
  }

  /** An error reported by the platform or by git. */
  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What an I/O error means, in a few words and without a path. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    String text = reason == null ? e.getClass().getSimpleName() : reason;
    return text.lines().findFirst().orElse(text);
  }
}
