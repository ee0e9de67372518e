// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RulePage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the server needs from the analyzer, so that the protocol can be tested without one. */
interface Analyzer {
  /** All rules there are, sorted by id. */
  List<RuleInfo> rules();

  /** A rule's page; empty if there is no such rule. */
  Optional<RulePage> page(String rule);

  /** The root of the nearest kernel tree around a file. */
  Optional<Path> treeAround(Path file);

  /** Whether hardly any memory is left after all that nobody needs was thrown away. */
  boolean isMemoryLow();

  /**
   * Opens an analysis, for use by one thread.
   *
   * @param store a folder, {@code "none"}, or empty for the user's cache folder
   * @param warnings takes lines for the user about what goes wrong without harm
   * @throws AnalysisException if that is not possible; the message is for the user
   */
  Analysis open(String store, Consumer<String> warnings) throws AnalysisException;
}
