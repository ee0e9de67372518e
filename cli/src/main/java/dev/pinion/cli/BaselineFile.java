// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Baseline;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.source.SourceException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Baselines as options name them. */
final class BaselineFile {
  private BaselineFile() {}

  /** What {@code --baseline} names; an empty one if it was not given. */
  static Baseline read(@Nullable String option, Surroundings here) throws BadInput {
    if (option == null) {
      return Baseline.EMPTY;
    }
    Path file = here.resolve(option);
    try {
      return Baseline.read(file);
    } catch (SourceException e) {
      throw new BadInput("--baseline " + file + ": " + e.getMessage(), e);
    }
  }

  /** Writes what {@code --write-baseline} names, and gives it back. */
  static Baseline write(List<Reported> findings, Path file) throws BadInput {
    Baseline written = new Baseline(findings);
    try {
      written.write(file);
    } catch (SourceException e) {
      throw new BadInput("--write-baseline " + file + ": " + e.getMessage(), e);
    }
    return written;
  }
}
