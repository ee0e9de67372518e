// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What an I/O error means, in a few words and without a path. */
public final class Reason {
  private Reason() {}

  /** The words for an error. */
  public static String of(IOException e) {
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
