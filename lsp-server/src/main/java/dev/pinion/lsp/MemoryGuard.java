// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import org.eclipse.lsp4j.MessageType;

/** Notices that memory is nearly used up, as it is after days of typing ever new names. */
final class MemoryGuard {
  /** Whoever runs out of memory sooner needs more of it, and gains nothing by beginning anew. */
  private static final int FEW_RUNS = 200;

  private final Analyzer analyzer;
  private final Editor editor;
  private int runs;

  MemoryGuard(Analyzer analyzer, Editor editor) {
    this.analyzer = analyzer;
    this.editor = editor;
  }

  /** Asked after each run; true if what is in memory is best forgotten now, which the log says. */
  boolean isUsedUp() {
    runs++;
    if (runs <= FEW_RUNS || !analyzer.isMemoryLow()) {
      return false;
    }
    runs = 0;
    editor.log(
        MessageType.Info,
        "pinion: memory is nearly used up; trees are read anew with the next edit. A larger heap "
            + "(PINION_JAVA_OPTS=-Xmx6g, or pinion.java.vmargs) makes that seldom");
    return true;
  }
}
