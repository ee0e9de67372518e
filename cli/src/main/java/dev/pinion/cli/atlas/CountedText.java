// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.atlas;

import dev.pinion.analyzer.atlas.CountedAnswer;
import dev.pinion.analyzer.atlas.CountedAnswer.Counting;
import dev.pinion.analyzer.atlas.CountedAnswer.Reach;
import dev.pinion.analyzer.atlas.CountedAnswer.Release;
import dev.pinion.analyzer.atlas.Place;
import dev.pinion.cli.atlas.Page.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code atlas counted} for people. */
public final class CountedText {
  private CountedText() {}

  public static void write(CountedAnswer answer, Page page) {
    if (answer.counters().isEmpty()) {
      page.title("struct " + answer.struct(), "");
      page.line("is not reference counted, as far as its functions show");
    }
    for (Counting counter : answer.counters()) {
      String path = counter.path().isEmpty() ? "" : "." + counter.path();
      page.title("struct " + answer.struct() + path, "reference counter");
      List<Row> rows = new ArrayList<>();
      add("get", counter.gets(), rows, page);
      add("try-get", counter.tryGets(), rows, page);
      add("look-up", counter.lookups(), rows, page);
      add("put", counter.puts(), rows, page);
      add("release", counter.releases().stream().map(Release::function).toList(), rows, page);
      page.table(rows);
      counter.releases().forEach(r -> reaches(r, page));
    }
  }

  private static void add(String role, List<Place> places, List<Row> rows, Page page) {
    for (Place place : places) {
      rows.add(Row.of(role, place.function() + "()", page.at(place.location())));
    }
  }

  private static void reaches(Release release, Page page) {
    if (release.reaches().isEmpty()) {
      return;
    }
    page.heading(release.function().function() + "() reaches", release.reaches().size());
    page.table(release.reaches().stream().map(r -> reach(r, page)).toList());
  }

  private static Row reach(Reach reach, Page page) {
    return Row.of(
        reach.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        reach.what(),
        page.at(reach.place().location()),
        reach.place().function() + "()",
        reach.depth() == 0
            ? ""
            : reach.depth() + (reach.depth() == 1 ? " call" : " calls") + " away");
  }
}
