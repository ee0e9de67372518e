// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Baseline;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.source.Reason;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The findings that a project has accepted; its file is read again when it has changed. */
final class Accepted {
  private final Consumer<String> warnings;
  private Optional<Known> known = Optional.empty();

  /**
   * A file as it was read last.
   *
   * @param stamp its time and size; empty for one that is not there
   */
  private record Known(Path file, Optional<Stamp> stamp, Baseline baseline) {}

  private record Stamp(FileTime changed, long size) {}

  /**
   * @param warnings takes a line when a file cannot be used, once for each state of it
   */
  Accepted(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /** A result without the findings that the job's baseline accepts. */
  ScanResult without(ScanResult result, Analysis.Job job, SourceTree tree) {
    if (job.baseline().isEmpty() || result.findings().isEmpty()) {
      return result;
    }
    // An entry of a file that was not asked about may not stand for another finding like it.
    Set<String> prints =
        read(job.baseline().get())
            .within(new ScanRequest(job.paths(), List.of()), tree)
            .accepted(result.findings(), tree);
    List<Reported> rest =
        result.findings().stream().filter(f -> !prints.contains(f.fingerprint())).toList();
    return new ScanResult(rest, result.excused(), result.coverage(), result.failures());
  }

  private Baseline read(Path file) {
    Optional<Stamp> stamp = stamp(file);
    if (known.isPresent() && known.get().file().equals(file) && known.get().stamp().equals(stamp)) {
      return known.get().baseline();
    }
    Baseline baseline = Baseline.EMPTY;
    try {
      baseline = stamp.isPresent() ? Baseline.read(file) : Baseline.EMPTY;
    } catch (SourceException e) {
      warnings.accept(file + ": " + e.getMessage() + "; nothing is accepted");
    }
    known = Optional.of(new Known(file, stamp, baseline));
    return baseline;
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(new Stamp(Files.getLastModifiedTime(file), Files.size(file)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Adds a finding to a baseline, which is made if there is none.
   *
   * @throws AnalysisException if that is not possible; the message is for the user
   */
  static void add(Reported finding, Path file) throws AnalysisException {
    try {
      Baseline before = Files.exists(file) ? Baseline.read(file) : Baseline.EMPTY;
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      before.with(List.of(finding)).write(file);
    } catch (SourceException e) {
      throw new AnalysisException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new AnalysisException(file + ": cannot be written: " + Reason.of(e), e);
    }
  }
}
