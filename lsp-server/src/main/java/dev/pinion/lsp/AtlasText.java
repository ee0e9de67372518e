// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.atlas.CountedAnswer;
import dev.pinion.analyzer.atlas.FieldAnswer;
import dev.pinion.analyzer.atlas.FieldAnswer.Kind;
import dev.pinion.analyzer.atlas.FieldAnswer.ListUse;
import dev.pinion.analyzer.atlas.Holding;
import dev.pinion.analyzer.atlas.LockAnswer;
import dev.pinion.analyzer.atlas.ModuleAnswer;
import dev.pinion.analyzer.atlas.Place;
import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.link.Export;
import dev.pinion.analyzer.link.ModuleMap;
import java.util.ArrayList;
import java.util.List;

/** Answers of the atlas in Markdown: a few places of each kind for a hover, all for a page. */
final class AtlasText {
  /** So many places of each kind fit into a hover. */
  static final int SOME = 3;

  static final int ALL = Integer.MAX_VALUE;

  private final Links links;
  private final int most;

  /**
   * @param most how many places of each kind are told
   */
  AtlasText(Links links, int most) {
    this.links = links;
    this.most = most;
  }

  /** {@code RCU list: 1 insert, 2 deletes, 3 readers}; empty for what is no list. */
  static String summary(FieldAnswer answer) {
    String what =
        switch (answer.contract().discipline()) {
          case RCU_LIST -> "RCU list";
          case RCU_WRITERS_ONLY -> "list changed with RCU primitives";
          case PLAIN_LIST -> "list";
          case NO_LIST -> "";
        };
    List<String> counts = new ArrayList<>();
    addCount(answer.uses(Kind.INSERT).size(), "insert", counts);
    addCount(answer.uses(Kind.DELETE).size(), "delete", counts);
    addCount(answer.uses(Kind.MOVE).size(), "move", counts);
    addCount(answer.uses(Kind.READ).size(), "reader", counts);
    return what.isEmpty() ? "" : what + (counts.isEmpty() ? "" : ": " + String.join(", ", counts));
  }

  private static void addCount(int number, String noun, List<String> into) {
    if (number > 0) {
      into.add(count(number, noun));
    }
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** A list node; empty for what is no list. */
  String field(FieldAnswer answer) {
    String summary = summary(answer);
    if (summary.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("**").append(summary).append("**  \n");
    text.append(Links.code("struct " + answer.struct() + "." + answer.field()));
    text.append(", ").append(links.to(answer.definedAt())).append('\n');
    var contract = answer.contract();
    if (!contract.flavours().isEmpty()) {
      text.append("  \nwalked without a lock under ");
      text.append(String.join(", ", contract.flavours())).append("; heads: ");
      text.append(contract.heads().isEmpty() ? "not all known" : codes(contract.heads()))
          .append('\n');
    }
    text.append('\n');
    uses("insert", answer.uses(Kind.INSERT), text);
    uses("delete", answer.uses(Kind.DELETE), text);
    uses("move", answer.uses(Kind.MOVE), text);
    uses("reader", answer.uses(Kind.READ), text);
    List<String> after = new ArrayList<>();
    for (FieldAnswer.Aftermath one : contract.afterDelete()) {
      String how =
          switch (one.kind()) {
            case GRACE_PERIOD -> "waits";
            case DEFERRED -> "defers";
            case FREE -> "frees";
          };
      after.add(place(one.place()) + " " + how + " " + Links.code(one.how()));
    }
    rows("after a delete", after, text);
    return text.toString().strip();
  }

  private void uses(String what, List<ListUse> uses, StringBuilder text) {
    rows(
        what,
        uses.stream()
            .map(
                use ->
                    place(use.place())
                        + " "
                        + Links.code(use.api() + "()")
                        + ", "
                        + holding(use.holding()))
            .toList(),
        text);
  }

  private static String holding(Holding holding) {
    List<String> parts = new ArrayList<>();
    if (!holding.locks().isEmpty()) {
      parts.add("holds " + codes(holding.locks().stream().map(l -> l.identity()).toList()));
    }
    if (!holding.sections().isEmpty()) {
      parts.add("inside " + codes(holding.sections().stream().map(s -> s.flavour()).toList()));
    }
    if (!parts.isEmpty()) {
      return String.join(", ", parts);
    }
    return holding.ways() == Holding.Ways.ALL_KNOWN ? "holds nothing" : "holds nothing for sure";
  }

  /** A lock; empty if nobody is seen to take it. */
  String lock(LockAnswer answer) {
    if (answer.takers().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("**Lock: taken by ").append(count(answer.takers().size(), "function"));
    text.append("**  \n").append(Links.code(answer.type())).append(" ");
    text.append(Links.code("struct " + answer.struct() + "." + answer.field()));
    text.append(", ").append(links.to(answer.definedAt())).append("\n\n");
    rows(
        "taken",
        answer.takers().stream()
            .map(
                taker ->
                    place(taker.place()) + (taker.mode() == HeldLock.Mode.SHARED ? ", shared" : ""))
            .toList(),
        text);
    return text.toString().strip();
  }

  /** A counted struct; empty for one that is not counted. */
  String counted(CountedAnswer answer) {
    StringBuilder text = new StringBuilder();
    for (CountedAnswer.Counting counting : answer.counters()) {
      text.append("**Reference counted").append("**  \n");
      text.append(Links.code("struct " + answer.struct()));
      if (!counting.path().isEmpty()) {
        text.append(" by ").append(Links.code(counting.path()));
      }
      text.append("\n\n");
      places("get", counting.gets(), text);
      places("try to get", counting.tryGets(), text);
      places("look up", counting.lookups(), text);
      places("put", counting.puts(), text);
      places("release", counting.releases().stream().map(r -> r.function()).toList(), text);
      text.append('\n');
    }
    return text.toString().strip();
  }

  private void places(String what, List<Place> places, StringBuilder text) {
    rows(what, places.stream().map(this::place).toList(), text);
  }

  /** An exported symbol; empty for one that nobody exports. */
  String module(ModuleAnswer answer) {
    StringBuilder text = new StringBuilder();
    for (ModuleAnswer.Exported exported : answer.exports()) {
      Export export = exported.export();
      text.append("**Symbol of ");
      text.append(
          answer.modules().isEmpty()
              ? "no module that is known"
              : codes(answer.modules().stream().map(ModuleMap.Module::name).distinct().toList()));
      text.append(export.license() == Export.License.GPL ? ", GPL only" : "").append("**  \n");
      text.append("exported at ").append(links.to(export.location())).append("\n\n");
      rows(
          "used by other modules",
          exported.importers().stream()
              .map(
                  user ->
                      place(user.place())
                          + switch (user.use()) {
                            case CALL -> " calls it";
                            case REFERENCE -> " has its address";
                            case LOOKUP -> " looks it up";
                          })
              .toList(),
          text);
    }
    return text.toString().strip();
  }

  private void rows(String what, List<String> rows, StringBuilder text) {
    rows.stream()
        .limit(most)
        .forEach(row -> text.append("- ").append(what).append(": ").append(row).append('\n'));
    if (rows.size() > most) {
      text.append("- and ").append(rows.size() - most).append(" more: ").append(what);
      text.append('\n');
    }
  }

  private String place(Place place) {
    return links.to(place.location())
        + (place.function().isEmpty() ? "" : " " + Links.code(place.function() + "()"));
  }

  private static String codes(List<String> texts) {
    return String.join(", ", texts.stream().map(Links::code).toList());
  }
}
