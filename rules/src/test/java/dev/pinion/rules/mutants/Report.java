// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import dev.pinion.rules.mutants.operator.Operator;
import dev.pinion.rules.mutants.operator.Operators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as Markdown. */
final class Report {
  private static final String OPENING = "<!-- bench/mutants -->\n";
  private static final String CLOSING = "<!-- /bench/mutants -->\n";

  /** How many reasons a table has. */
  private static final int ROWS = 24;

  private final List<Outcome> outcomes;

  Report(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /** All tables. */
  String text() {
    return byOperator()
        + "\n"
        + reasons("Killed by", Outcome.Kind.KILLED, Outcome.Kind.KILLED_LATENT)
        + "\n"
        + reasons("Equivalent because of", Outcome.Kind.EQUIVALENT)
        + "\n"
        + reasons("Survived because of", Outcome.Kind.SURVIVED);
  }

  private String byOperator() {
    StringBuilder table =
        new StringBuilder(
            "| operator | mutants | equivalent | killed | of these latent | survived | killed of"
                + " those that do harm |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    Operators.FAMILIES.forEach((family, operators) -> append(table, operators, "all of " + family));
    return table.toString();
  }

  private void append(StringBuilder table, List<Operator> operators, String sum) {
    List<String> ids = operators.stream().map(Operator::id).toList();
    for (String id : ids) {
      row(table, id, of(List.of(id)));
    }
    row(table, "**" + sum + "**", of(ids));
  }

  private List<Outcome> of(List<String> ids) {
    return outcomes.stream().filter(o -> ids.contains(o.mutant().operator())).toList();
  }

  private static void row(StringBuilder table, String name, List<Outcome> some) {
    if (some.isEmpty()) {
      return;
    }
    long equivalent = count(some, Outcome.Kind.EQUIVALENT);
    long latent = count(some, Outcome.Kind.KILLED_LATENT);
    long killed = count(some, Outcome.Kind.KILLED) + latent;
    long harmful = some.size() - equivalent;
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %,d | %,d | %,d | %,d | %s |%n",
            name,
            some.size(),
            equivalent,
            killed,
            latent,
            harmful - killed,
            harmful == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * killed / harmful)));
  }

  private static long count(List<Outcome> some, Outcome.Kind kind) {
    return some.stream().filter(o -> o.kind() == kind).count();
  }

  /** How many of each operator for each reason, the most frequent first. */
  private String reasons(String title, Outcome.Kind... kinds) {
    Map<String, Long> counts = new TreeMap<>();
    outcomes.stream()
        .filter(o -> List.of(kinds).contains(o.kind()))
        .forEach(
            o -> counts.merge(o.mutant().operator() + " | " + general(o.reason()), 1L, Long::sum));
    return "| operator | "
        + title.toLowerCase(Locale.ROOT)
        + " | mutants |\n| --- | --- | ---: |\n"
        + counts.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Long> e) -> -e.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(ROWS)
            .map(e -> String.format(Locale.ROOT, "| %s | %,d |%n", e.getKey(), e.getValue()))
            .collect(Collectors.joining())
        + others(counts.values());
  }

  /** What the table leaves out; the rows of the file name all. */
  private static String others(Collection<Long> counts) {
    long left =
        counts.stream()
            .sorted(Comparator.reverseOrder())
            .skip(ROWS)
            .mapToLong(Long::longValue)
            .sum();
    return left == 0
        ? ""
        : String.format(Locale.ROOT, "| | %,d other reasons | %,d |%n", counts.size() - ROWS, left);
  }

  /** Without what differs from one function to the next. */
  private static String general(String reason) {
    return Stream.of(reason.split(" ", -1))
        .map(w -> w.contains("()") ? "…()" : w)
        .collect(Collectors.joining(" "));
  }

  /**
   * Looks for the page's section, so that hours of work are not lost for want of it.
   *
   * @throws IOException if the page cannot be read or has no such section
   */
  static void check(Path page) throws IOException {
    with(page, Files.readString(page), "");
  }

  /**
   * Puts a text into the page's section.
   *
   * @throws IOException if the page cannot be written or has no such section
   */
  static void write(Path page, String text) throws IOException {
    Files.writeString(page, with(page, Files.readString(page), text));
  }

  private static String with(Path page, String old, String text) throws IOException {
    int from = old.indexOf(OPENING);
    int to = old.indexOf(CLOSING);
    if (from < 0 || to < from) {
      throw new IOException(page + " has no place for it: " + OPENING.strip());
    }
    return old.substring(0, from + OPENING.length()) + text + old.substring(to);
  }
}
