// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.cli.format.CoverageJson;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The coverage ledger for people: totals, a count per reason, then every entry as a gcc line. */
final class CoverageText {
  private static final int SOME = 20;

  private CoverageText() {}

  /** How many entries to print. */
  enum Entries {
    SOME,
    ALL
  }

  static String of(Coverage coverage, Entries entries, UnaryOperator<String> place) {
    StringBuilder text = new StringBuilder();
    row("files", coverage.files(), text);
    row("functions", coverage.functions(), text);
    text.append(
        String.format(
            Locale.ROOT,
            "%-16s %7d  %.2f %%\n",
            "analysed",
            coverage.functionsAnalysed(),
            Math.floor(coverage.share() * 10_000) / 100));
    Map<Problem.Kind, Integer> reasons = new EnumMap<>(Problem.Kind.class);
    for (Coverage.Entry entry : coverage.problems()) {
      reasons.merge(entry.problem().kind(), 1, Integer::sum);
    }
    if (!reasons.isEmpty()) {
      text.append("\nnot analysed, by reason\n");
      reasons.forEach((kind, count) -> row("  " + CoverageJson.reason(kind), count, text));
      text.append('\n');
    }
    int all = coverage.problems().size();
    int shown = entries == Entries.ALL ? all : Math.min(SOME, all);
    for (Coverage.Entry entry : coverage.problems().subList(0, shown)) {
      entry(entry, place, text);
    }
    if (shown < all) {
      text.append("and %d more; --all lists them\n".formatted(all - shown));
    }
    return text.toString();
  }

  private static void row(String label, int count, StringBuilder text) {
    text.append(String.format(Locale.ROOT, "%-16s %7d\n", label, count));
  }

  private static void entry(Coverage.Entry entry, UnaryOperator<String> place, StringBuilder text) {
    Problem problem = entry.problem();
    String function = problem.function().isEmpty() ? "" : "in '" + problem.function() + "': ";
    text.append(place.apply(entry.file())).append(':').append(Math.max(1, problem.line()));
    text.append(":1: note: ").append(function).append(problem.detail());
    text.append(" [").append(CoverageJson.reason(problem.kind())).append("]\n");
  }
}
