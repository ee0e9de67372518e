// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an analysis says that knows nothing yet, as an editor would show it. */
final class FreshAnswers {
  private final Analyzer analyzer;
  private final Path root;

  FreshAnswers(Analyzer analyzer, Path root) {
    this.analyzer = analyzer;
    this.root = root;
  }

  /**
   * Lines of findings, sorted, by the URI of their file.
   *
   * @param buffers what the open files hold
   * @param label of the lowest tier that is shown
   */
  Map<String, List<String>> of(Map<Path, String> buffers, String label) throws Exception {
    Map<String, String> contents = new TreeMap<>();
    buffers.forEach((file, text) -> contents.put(root.relativize(file).toString(), text));
    Map<String, List<String>> expected = new HashMap<>();
    if (contents.isEmpty()) {
      return expected;
    }
    Tier tier =
        List.of(Tier.values()).stream()
            .filter(t -> t.label().equals(label))
            .findFirst()
            .orElseThrow();
    try (Analysis analysis = analyzer.open("none", warning -> {})) {
      Analysis.Job job =
          new Analysis.Job(
              root, contents, List.copyOf(contents.keySet()), List.of(), Analysis.Disk.CHANGED);
      for (Reported one : analysis.scan(job, Progress.NONE, () -> false).findings()) {
        Finding finding = one.finding();
        if (finding.tier().atLeast(tier)) {
          expected
              .computeIfAbsent(
                  Uris.of(root.resolve(finding.location().file())), u -> new ArrayList<>())
              .add(
                  "%d:%d %s [%s]"
                      .formatted(
                          finding.location().line(),
                          finding.location().column(),
                          finding.message(),
                          finding.rule()));
        }
      }
    }
    expected.values().forEach(lines -> lines.sort(null));
    return expected;
  }
}
