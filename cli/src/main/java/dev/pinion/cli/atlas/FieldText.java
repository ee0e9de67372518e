// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.atlas;

import dev.pinion.analyzer.atlas.FieldAnswer;
import dev.pinion.analyzer.atlas.FieldAnswer.Aftermath;
import dev.pinion.analyzer.atlas.FieldAnswer.Contract;
import dev.pinion.analyzer.atlas.FieldAnswer.Kind;
import dev.pinion.analyzer.atlas.FieldAnswer.ListUse;
import dev.pinion.analyzer.atlas.Verdict;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.cli.atlas.Page.Row;
import java.util.ArrayList;
import java.util.List;

/** {@code atlas field} for people. */
public final class FieldText {
  private FieldText() {}

  public static void write(FieldAnswer answer, Page page) {
    page.title(
        "struct " + answer.struct() + "." + answer.field(),
        answer.type() + ", " + page.at(answer.definedAt()));
    contract(answer.contract(), page);
    uses("inserts", answer.uses(Kind.INSERT), page);
    uses("deletes", answer.uses(Kind.DELETE), page);
    uses("moves", answer.uses(Kind.MOVE), page);
    uses("readers", answer.uses(Kind.READ), page);
    uses("initialised", answer.uses(Kind.INIT), page);
    aftermath(answer.contract().afterDelete(), page);
  }

  private static void contract(Contract contract, Page page) {
    switch (contract.discipline()) {
      case RCU_LIST -> {
        page.line(
            "RCU list, walked without a lock under " + String.join(", ", contract.flavours()));
        page.line(
            "heads: "
                + (contract.heads().isEmpty()
                    ? "not all known"
                    : String.join(", ", contract.heads())));
      }
      case RCU_WRITERS_ONLY ->
          page.line("changed with RCU primitives, but no reader without a lock is in sight");
      case PLAIN_LIST -> page.line("plain list: nobody walks it without a lock");
      case NO_LIST -> page.line("no list operation in this tree works on it");
    }
  }

  private static void uses(String heading, List<ListUse> uses, Page page) {
    if (uses.isEmpty()) {
      return;
    }
    List<Row> rows = new ArrayList<>();
    for (ListUse use : uses) {
      Row row =
          Row.of(
              page.at(use.place().location()),
              use.place().function() + "()",
              use.api() + "()",
              use.heads().isEmpty() ? "" : "on " + String.join(", ", use.heads()));
      row.note(Holdings.describe(use.holding(), page));
      use.verdicts().forEach(v -> verdict(v, row, page));
      rows.add(row);
    }
    page.heading(heading, uses.size()).table(rows);
  }

  private static void verdict(Verdict verdict, Row row, Page page) {
    String outcome =
        verdict.outcome() == Verdict.Outcome.EXCUSED
            ? "excused, " + verdict.label()
            : verdict.label();
    row.note(outcome + ": " + verdict.text() + " [" + verdict.rule() + "]");
    for (Related line : verdict.lines()) {
      row.note("  " + page.at(line.location()) + "  " + line.message());
    }
  }

  private static void aftermath(List<Aftermath> all, Page page) {
    if (all.isEmpty()) {
      return;
    }
    List<Row> rows = new ArrayList<>();
    for (Aftermath one : all) {
      String what =
          switch (one.kind()) {
            case GRACE_PERIOD -> "waits";
            case DEFERRED -> "defers";
            case FREE -> "frees";
          };
      rows.add(
          Row.of(page.at(one.place().location()), one.place().function() + "()", what, one.how()));
    }
    page.heading("after a delete", all.size()).table(rows);
  }
}
