// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactsReader;
import dev.pinion.analyzer.facts.FactsWriter;
import dev.pinion.analyzer.facts.FileDigest;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.source.SourceProblem;
import dev.pinion.analyzer.source.SourceTree;
import java.util.ArrayList;
import java.util.List;

/**
 * What was analysed of each file of a tree: the coverage of whatever part of it is asked for.
 *
 * @param files C files and headers in path order
 * @param problems of files that could not be listed
 */
record Ledger(List<FileRow> files, List<Coverage.Entry> problems) {
  private static final Problem.Kind[] KINDS = Problem.Kind.values();

  Ledger {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }

  /** One file: how many functions it has, how many without a problem, and the problems. */
  record FileRow(String path, int functions, int analysed, List<Problem> problems) {
    FileRow {
      problems = List.copyOf(problems);
    }
  }

  /** The ledger of a tree of which the rows are known. */
  static Ledger of(List<FileRow> rows, SourceTree tree) {
    return new Ledger(rows, tree.problems().stream().map(Ledger::entry).toList());
  }

  static FileRow row(String path, FileDigest digest) {
    return new FileRow(path, digest.functions(), digest.analysed(), digest.problems());
  }

  private static Coverage.Entry entry(SourceProblem problem) {
    return new Coverage.Entry(
        problem.path(), new Problem(Problem.Kind.UNREADABLE, 1, "", problem.message()));
  }

  /** The coverage of what a request covers, without any rule. */
  Coverage coverage(ScanRequest request) {
    return coverage(request, List.of());
  }

  /**
   * The coverage of what a request covers.
   *
   * @param unjudged what rules could not judge of it
   */
  Coverage coverage(ScanRequest request, List<Coverage.Entry> unjudged) {
    int covered = 0;
    int functions = 0;
    int analysed = 0;
    List<Coverage.Entry> found = new ArrayList<>();
    for (FileRow row : files) {
      if (request.covers(row.path())) {
        covered++;
        functions += row.functions();
        analysed += row.analysed();
        row.problems().forEach(p -> found.add(new Coverage.Entry(row.path(), p)));
      }
    }
    problems.stream().filter(p -> request.covers(p.file())).forEach(found::add);
    found.addAll(unjudged);
    found.sort(Coverage.ORDER);
    return new Coverage(covered, functions, analysed, found);
  }

  byte[] encode() {
    FactsWriter out = new FactsWriter();
    out.list(files, row -> write(row, out));
    out.list(problems, entry -> write(entry, out));
    return out.toBytes();
  }

  static void write(FileRow row, FactsWriter out) {
    out.text(row.path());
    out.number(row.functions());
    out.number(row.analysed());
    out.list(row.problems(), p -> write(p, out));
  }

  static FileRow row(FactsReader in) {
    return new FileRow(in.text(), in.number(), in.number(), in.list(() -> problem(in)));
  }

  static void write(Coverage.Entry entry, FactsWriter out) {
    out.text(entry.file());
    write(entry.problem(), out);
  }

  static Coverage.Entry entry(FactsReader in) {
    return new Coverage.Entry(in.text(), problem(in));
  }

  private static void write(Problem problem, FactsWriter out) {
    out.constant(problem.kind());
    out.number(problem.line());
    out.text(problem.function());
    out.text(problem.detail());
  }

  static Ledger decode(byte[] bytes) {
    FactsReader in = new FactsReader(bytes, Sharing.none());
    return new Ledger(in.list(() -> row(in)), in.list(() -> entry(in)));
  }

  private static Problem problem(FactsReader in) {
    return new Problem(in.constant(KINDS), in.number(), in.text(), in.text());
  }
}
