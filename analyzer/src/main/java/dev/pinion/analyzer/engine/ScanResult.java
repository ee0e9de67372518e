// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.rule.Excused;
import java.util.List;

/**
 * What a scan found. Sorted; equal for equal input, whatever the number of threads.
 *
 * @param findings all tiers
 * @param excused candidates not reported, with proof
 * @param coverage what was looked at
 * @param failures rules that crashed: one line each; empty in a healthy scan
 */
public record ScanResult(
    List<Reported> findings, List<Excused> excused, Coverage coverage, List<String> failures) {
  public ScanResult {
    findings = List.copyOf(findings);
    excused = List.copyOf(excused);
    failures = List.copyOf(failures);
  }
}
