// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Scans trees, again and again; used by one thread. */
interface Analysis extends AutoCloseable {

  /** Whether what is on disk may have changed since the last scan of the same tree. */
  enum Disk {
    CHANGED,
    UNCHANGED
  }

  /**
   * One scan.
   *
   * @param root the tree's root
   * @param buffers contents of the editor's buffers by path from the root, with {@code /}; they win
   *     over the disk
   * @param paths what to report on, as in a scan request; empty for the whole tree
   * @param rules ids to run; empty for all
   * @param disk {@link Disk#UNCHANGED} lets the analysis keep its listing of the tree
   */
  record Job(
      Path root, Map<String, String> buffers, List<String> paths, List<String> rules, Disk disk) {
    public Job {
      buffers = Map.copyOf(buffers);
      paths = List.copyOf(paths);
      rules = List.copyOf(rules);
    }
  }

  /**
   * Scans a tree.
   *
   * @throws AnalysisException if the tree cannot be read; the message is for the user
   * @throws CancellationException soon after {@code cancelled} has become true
   */
  ScanResult scan(Job job, Progress progress, BooleanSupplier cancelled) throws AnalysisException;

  @Override
  void close();
}
