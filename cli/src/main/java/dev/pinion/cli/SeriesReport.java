// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.engine.Series;
import dev.pinion.analyzer.engine.Series.Event;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.CommitRange;
import dev.pinion.analyzer.source.CommitRange.Commit;
import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.GitRevision;
import dev.pinion.analyzer.source.SourceException;
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

/** Prints what a range of commits did: by commit as text, as one list in every other format. */
final class SeriesReport {
  private final CommitRange commits;
  private final RuleSet rules;
  private final ReportOptions options;
  private final TreeName tree;
  private final Coverage coverage;
  private final List<String> failures;
  private final List<Shown> shown = new ArrayList<>();

  /** An event of a tier that is shown. */
  private record Shown(Event event, Item item) {}

  SeriesReport(
      Series series,
      CommitRange commits,
      GitRepository repository,
      RuleSet rules,
      ReportOptions options)
      throws SourceException {
    this.commits = commits;
    this.rules = rules;
    this.options = options;
    this.coverage = series.coverage();
    this.failures = series.failures();
    String last = commits.commits().get(commits.commits().size() - 1).id();
    this.tree = TreeNames.of(GitRevision.of(repository, last), Optional.empty());
    Map<String, Texts> texts = new HashMap<>();
    for (Event event : series.events()) {
      if (!event.finding().finding().tier().atLeast(options.tier())) {
        continue;
      }
      if (!texts.containsKey(event.rev())) {
        texts.put(event.rev(), new Texts(GitRevision.of(repository, event.rev())));
      }
      shown.add(new Shown(event, item(event, texts.get(event.rev()))));
    }
  }

  private static Item item(Event event, Texts texts) {
    return new Item(
        event.finding(),
        texts.extent(event.finding().finding().location()),
        event.introducedBy().isPresent() ? Status.NEW : Status.CURED,
        event.introducedBy().map(SeriesReport::name),
        event.curedBy().map(SeriesReport::name));
  }

  /** As kernel developers quote a commit: {@code 123456789abc ("net: a subject")}. */
  private static String name(Commit commit) {
    return "%s (\"%s\")".formatted(commit.shortId(), commit.subject());
  }

  /** The findings that the range as a whole brings. */
  List<Item> surviving() {
    return shown.stream().filter(s -> s.event().survives()).map(Shown::item).toList();
  }

  void print(Surroundings here) throws BadInput {
    if (options.format() == FormatName.TEXT) {
      options.print(text(options.style(here)), here);
    } else {
      options.write(
          report(shown.stream().map(Shown::item).toList()), rules, Optional.empty(), here);
    }
    Summary.failures(failures, here);
    if (options.format() != FormatName.CHECKPATCH) {
      here.err().println("pinion: " + summary());
    }
  }

  private String summary() {
    long cured = shown.stream().filter(s -> s.event().curedBy().isPresent()).count();
    long passing = shown.stream().filter(s -> s.item().status() == Status.NEW).count();
    return "%s: %s introduced, %d cured, %s left"
        .formatted(
            ReportOptions.count(commits.commits().size(), "commit"),
            ReportOptions.count(passing, "finding"),
            cured,
            Summary.findings(surviving()));
  }

  private String text(Style style) {
    StringBuilder text = new StringBuilder();
    TextFormat format = new TextFormat(style, path -> path);
    try {
      for (Commit commit : commits.commits()) {
        List<Item> items = itemsOf(commit);
        if (!items.isEmpty()) {
          text.append(style.strong("commit " + name(commit))).append('\n');
          format.write(report(items), text);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a string builder does no I/O", e);
    }
    return text.toString();
  }

  /** What one commit did. Its name stands above, so it need not be repeated in each line. */
  private List<Item> itemsOf(Commit commit) {
    List<Item> items = new ArrayList<>();
    for (Shown s : shown) {
      Item item = s.item();
      if (is(commit, s.event().introducedBy())) {
        items.add(
            new Item(item.reported(), item.extent(), Status.NEW, Optional.empty(), item.curedBy()));
      }
      if (is(commit, s.event().curedBy())) {
        items.add(Item.of(item.reported(), item.extent(), Status.CURED));
      }
    }
    return items;
  }

  private static boolean is(Commit commit, Optional<Commit> other) {
    return other.map(o -> o.id().equals(commit.id())).orElse(false);
  }

  private Report report(List<Item> items) {
    return new Report(
        Version.number(), tree, items, Optional.empty(), coverage, failures, rules.infos());
  }
}
