// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.CheckedFix;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.rule.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Whether fixes are for one of them to be chosen, or to be carried out all at once. */
  enum Fixing {
    ALONE,
    TOGETHER
  }

  /**
   * Checks the fixes of findings, as far as a scan of the job still has them.
   *
   * @param findings as an earlier scan reported them
   * @return those that hold, in order
   * @throws AnalysisException if the tree cannot be read; the message is for the user
   * @throws CancellationException soon after {@code cancelled} has become true
   */
  List<CheckedFix.Offered> fixes(
      Job job, Set<Finding> findings, Fixing how, BooleanSupplier cancelled)
      throws AnalysisException;

  @Override
  void close();
}
