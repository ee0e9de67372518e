// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

/** Told how far a scan is. Called from several threads, often; must be cheap. */
public interface Progress {
  /** What a scan is doing. */
  enum Phase {
    LISTING,
    FILES,
    LINKING,
    RULES
  }

  /** Reports nothing to no one. */
  Progress NONE = (phase, done, total) -> {};

  /**
   * @param done units done in this phase, files or functions
   * @param total units in this phase, or 0 if not known yet
   */
  void at(Phase phase, int done, int total);
}
