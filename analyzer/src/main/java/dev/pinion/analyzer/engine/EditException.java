// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

/** Edits do not fit a text; the message says which and why, on one line. */
public final class EditException extends Exception {
  private static final long serialVersionUID = 1L;

  EditException(String message) {
    super(message);
  }
}
