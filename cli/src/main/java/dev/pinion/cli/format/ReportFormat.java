// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import dev.pinion.cli.report.Report;
import java.io.IOException;

/** Writes a report in one format. */
public interface ReportFormat {
  /** Appends the whole report, with a newline at its end unless it is empty. */
  void write(Report report, Appendable out) throws IOException;
}
