// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Baseline;
import dev.pinion.analyzer.engine.Series;
import dev.pinion.analyzer.engine.Series.Event;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.Change;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.cli.format.MailDrafts;
import dev.pinion.cli.format.Style;
import dev.pinion.cli.format.TextFormat;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import dev.pinion.cli.report.Status;
import dev.pinion.cli.report.TreeName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Prints what a series did: by change as text, as one list in every other format. */
final class SeriesReport {
  private final Series series;
  private final OpenedSeries opened;
  private final RuleSet rules;
  private final ReportOptions options;
  private final TreeName tree;
  private final Map<String, Texts> texts = new HashMap<>();
  private final List<Shown> shown = new ArrayList<>();

  /** An event of a tier that is shown, and not of the baseline. */
  private record Shown(Event event, Item item) {
    /** Came with one change and went with a later one. */
    boolean passes() {
      return event.introducedBy().isPresent() && event.curedBy().isPresent();
    }
  }

  SeriesReport(
      Series series, OpenedSeries opened, Baseline known, RuleSet rules, ReportOptions options)
      throws SourceException {
    this.series = series;
    this.opened = opened;
    this.rules = rules;
    this.options = options;
    SourceTree last = opened.history().last();
    this.tree = TreeNames.of(last, Optional.empty());
    Set<String> accepted =
        known.accepted(series.events().stream().map(Event::finding).toList(), last);
    for (Event event : series.events()) {
      boolean wanted = event.finding().finding().tier().atLeast(options.tier());
      boolean debt =
          event.introducedBy().isPresent() && accepted.contains(event.finding().fingerprint());
      if (wanted && !debt) {
        shown.add(new Shown(event, item(event, texts(event.state()))));
      }
    }
  }

  /** Refuses, before the long part, a format that answers mails where there are none. */
  static void requireMails(OpenedSeries opened, ReportOptions options) throws BadInput {
    if (options.format() == FormatName.MAIL && opened.mails().isEmpty()) {
      throw new BadInput("--format mail drafts replies to mails; give them with --mbox or --patch");
    }
  }

  private Texts texts(String state) throws SourceException {
    if (!texts.containsKey(state)) {
      texts.put(state, new Texts(opened.history().tree(state)));
    }
    return texts.get(state);
  }

  private static Item item(Event event, Texts texts) {
    return new Item(
        event.finding(),
        texts.extent(event.finding().finding().location()),
        event.introducedBy().isPresent() ? Status.NEW : Status.CURED,
        event.introducedBy().map(Change::quoted),
        event.curedBy().map(Change::quoted));
  }

  /** The findings that the series as a whole brings. */
  List<Item> surviving() {
    return shown.stream().filter(s -> s.event().survives()).map(Shown::item).toList();
  }

  void print(Surroundings here) throws BadInput, SourceException {
    switch (options.format()) {
      case TEXT -> options.print(text(options.style(here)), here);
      case MAIL -> options.print(drafts(), here);
      case JSON -> options.write(report(items()), rules, Optional.empty(), here);
      default -> options.write(report(lasting()), rules, Optional.empty(), here);
    }
    printSummary(here);
  }

  /** Prints what went wrong, what was left out and the totals, on standard error. */
  void printSummary(Surroundings here) {
    Summary.failures(series.failures(), here);
    if (!options.format().isForMachines()) {
      opened.notes().forEach(note -> here.err().println("pinion: " + note));
      here.err().println("pinion: " + summary());
    }
  }

  private List<Item> items() {
    return shown.stream().map(Shown::item).toList();
  }

  /** What a later change takes back is no alarm for whoever sees the whole. */
  private List<Item> lasting() {
    return shown.stream().filter(s -> !s.passes()).map(Shown::item).toList();
  }

  private String summary() {
    long cured = shown.stream().filter(s -> s.event().curedBy().isPresent()).count();
    long brought = shown.stream().filter(s -> s.item().status() == Status.NEW).count();
    int changes = opened.history().changes().size();
    return "%s: %s introduced, %d cured, %s left"
        .formatted(
            changes
                + " "
                + opened.noun()
                + (changes == 1 ? "" : opened.noun().equals("patch") ? "es" : "s"),
            ReportOptions.count(brought, "finding"),
            cured,
            Summary.findings(surviving()));
  }

  private String text(Style style) {
    StringBuilder text = new StringBuilder();
    TextFormat format = new TextFormat(style, path -> path);
    try {
      for (Change change : opened.history().changes()) {
        List<Item> items = itemsOf(change);
        if (!items.isEmpty()) {
          text.append(style.strong(heading(change))).append('\n');
          format.write(report(items), text);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a string builder does no I/O", e);
    }
    return text.append(ending()).toString();
  }

  private String heading(Change change) {
    return change.name().equals(opened.noun())
        ? change.quoted()
        : opened.noun() + " " + change.quoted();
  }

  /** What has become, by the end, of what the series brought; nothing for a single change. */
  String ending() {
    if (opened.history().changes().size() < 2) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (Shown s : shown) {
      if (s.event().introducedBy().isPresent()) {
        text.append(s.passes() ? "  gone again:  " : "  still there: ");
        Location at = s.item().finding().location();
        text.append(
            "%s:%d [%s], introduced in "
                .formatted(at.file(), at.line(), s.item().finding().rule()));
        text.append(s.event().introducedBy().get().name());
        s.event().curedBy().ifPresent(by -> text.append(", cured in ").append(by.name()));
        text.append('\n');
      }
    }
    return text.isEmpty() ? "" : "at the end\n" + text;
  }

  /** What one change did. Its name stands above, so it need not be repeated in each line. */
  private List<Item> itemsOf(Change change) {
    List<Item> items = new ArrayList<>();
    for (Shown s : shown) {
      Item item = s.item();
      if (is(change, s.event().introducedBy())) {
        items.add(
            new Item(item.reported(), item.extent(), Status.NEW, Optional.empty(), item.curedBy()));
      }
      if (is(change, s.event().curedBy())) {
        items.add(Item.of(item.reported(), item.extent(), Status.CURED));
      }
    }
    return items;
  }

  private String drafts() throws SourceException {
    StringBuilder text = new StringBuilder();
    List<Change> changes = opened.history().changes();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      List<Item> items =
          shown.stream()
              .filter(s -> s.event().survives() && is(change, s.event().introducedBy()))
              .map(Shown::item)
              .toList();
      Texts after = texts(change.id());
      text.append(
          new MailDrafts(Version.number(), after::lines).reply(opened.mails().get(i), items));
    }
    return text.toString();
  }

  private static boolean is(Change change, Optional<Change> other) {
    return other.map(o -> o.id().equals(change.id())).orElse(false);
  }

  private Report report(List<Item> items) {
    return new Report(
        Version.number(),
        tree,
        items,
        Optional.empty(),
        series.coverage(),
        series.failures(),
        rules.infos());
  }
}
