// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.engine.Series.Event;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.analyzer.source.Change;
import java.util.List;
import java.util.Optional;

/** What a series of commits does, commit by commit. */
final class SeriesPage {
  private final Tier least;
  private final TreeText text;

  /**
   * @param least the lowest tier that is shown
   * @param text of the work tree, which may be another state than that of a commit
   */
  SeriesPage(Tier least, TreeText text) {
    this.least = least;
    this.text = text;
  }

  MarkdownPage of(String range, Analysis.Checked checked) {
    List<Event> events =
        checked.series().events().stream()
            .filter(event -> event.finding().finding().tier().atLeast(least))
            .toList();
    long left = events.stream().filter(Event::survives).count();
    StringBuilder page = new StringBuilder();
    page.append("# Pinion: ").append(Links.plain(range)).append("\n\n");
    page.append(count(checked.commits().size(), "commit")).append("; the series brings ");
    page.append(count(left, "finding")).append(" that it does not cure again.\n\n");
    for (String failure : checked.series().failures()) {
      page.append("**Not complete:** ").append(Links.plain(failure)).append("\n\n");
    }
    for (Change commit : checked.commits()) {
      page.append("## ").append(Links.plain(commit.quoted())).append("\n\n");
      int before = page.length();
      for (Event event : events) {
        if (is(commit, event.introducedBy())) {
          finding(event, page);
        }
        if (is(commit, event.curedBy())) {
          page.append("- cured: ").append(place(event.finding().finding().location()));
          page.append(' ').append(Links.plain(event.finding().finding().message())).append('\n');
        }
      }
      page.append(page.length() == before ? "nothing new\n\n" : "\n");
    }
    return new MarkdownPage("Pinion: " + range, page.toString());
  }

  private void finding(Event event, StringBuilder page) {
    Finding finding = event.finding().finding();
    page.append("- **").append(finding.tier().label()).append("** ");
    page.append(place(finding.location())).append(' ').append(Links.plain(finding.message()));
    page.append(' ').append(Links.code(finding.rule()));
    event
        .curedBy()
        .ifPresent(by -> page.append(", cured again by ").append(Links.plain(by.name())));
    page.append('\n');
    for (Related related : finding.related()) {
      page.append("  - ").append(place(related.location())).append(' ');
      page.append(Links.plain(related.message())).append('\n');
    }
  }

  private String place(Location place) {
    return new Links(text).to(place);
  }

  private static boolean is(Change commit, Optional<Change> other) {
    return other.map(o -> o.id().equals(commit.id())).orElse(false);
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
