// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.atlas.Atlas;
import dev.pinion.analyzer.engine.CheckedFix;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.engine.Series;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.source.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

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
   * @param baseline the file with the findings that are accepted; need not exist
   */
  record Job(
      Path root,
      Map<String, String> buffers,
      List<String> paths,
      List<String> rules,
      Disk disk,
      Optional<Path> baseline) {
    /** One without a baseline. */
    Job(Path root, Map<String, String> buffers, List<String> paths, List<String> rules, Disk disk) {
      this(root, buffers, paths, rules, disk, Optional.empty());
    }

    public Job {
      buffers = Map.copyOf(buffers);
      paths = List.copyOf(paths);
      rules = List.copyOf(rules);
    }
  }

  /**
   * Scans a tree; what the baseline accepts is left out.
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

  /**
   * Puts a question to a tree as the job has it; its paths and rules are of no importance.
   *
   * @return what the question comes to; empty if nothing can be asked
   * @throws AnalysisException if the tree cannot be read; the message is for the user
   * @throws CancellationException soon after {@code cancelled} has become true
   */
  <T> Optional<T> ask(Job job, Function<Atlas, T> question, BooleanSupplier cancelled)
      throws AnalysisException;

  /**
   * What commits did, each against its parent.
   *
   * @param folder in the repository
   * @param range {@code A..B}
   */
  record Commits(Path folder, String range) {}

  /** Commits that were checked, in order, and what they did. */
  record Checked(List<Change> commits, Series series) {
    public Checked {
      commits = List.copyOf(commits);
    }
  }

  /** Told when another commit of so many has been checked. */
  interface Commit {
    void checked(int done, int total);
  }

  /**
   * Checks commits, straight from the object store.
   *
   * @param rules ids to run; empty for all
   * @throws AnalysisException if there are no such commits; the message is for the user
   * @throws CancellationException soon after {@code cancelled} has become true
   */
  Checked check(Commits commits, List<String> rules, Commit told, BooleanSupplier cancelled)
      throws AnalysisException;

  @Override
  void close();
}
