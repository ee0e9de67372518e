// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.TextEdit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A verdict of which some lines stand elsewhere now. */
final class MovedVerdict {
  /** A line that a text names. */
  private static final Pattern PLACE =
      Pattern.compile("([^\\s'\"()]+\\.[chS](?:_shipped)?):([0-9]{1,8})");

  private final Function<Location, Optional<Location>> places;
  private boolean isLost;

  private MovedVerdict(Function<Location, Optional<Location>> places) {
    this.places = places;
  }

  /**
   * A verdict with its places as they are now.
   *
   * @param places where a place is now; empty if that is not known
   * @return empty if that is not known of one of them
   */
  static Optional<Verdict> of(Verdict verdict, Function<Location, Optional<Location>> places) {
    MovedVerdict moved = new MovedVerdict(places);
    Verdict all =
        new Verdict(
            verdict.findings().stream().map(moved::finding).toList(),
            verdict.excused().stream().map(moved::excused).toList(),
            verdict.unjudged().stream().map(moved::unjudged).toList());
    return moved.isLost ? Optional.empty() : Optional.of(Verdict.of(List.of(all)));
  }

  /** A text that names a line, which a text cannot be moved with, is lost with its place. */
  private String text(String text) {
    Matcher named = PLACE.matcher(text);
    while (named.find()) {
      Location before = new Location(named.group(1), Integer.parseInt(named.group(2)), 1);
      isLost |= !places.apply(before).equals(Optional.of(before));
    }
    return text;
  }

  private Location now(Location before) {
    Optional<Location> now = places.apply(before);
    isLost |= now.isEmpty();
    return now.orElse(before);
  }

  private Finding finding(Finding f) {
    return new Finding(
        f.rule(),
        f.tier(),
        now(f.location()),
        f.function(),
        text(f.message()),
        related(f.related()),
        f.fixes().stream().map(this::fix).toList());
  }

  private Excused excused(Excused e) {
    return new Excused(
        e.rule(),
        now(e.location()),
        e.function(),
        e.excuse(),
        text(e.because()),
        related(e.related()));
  }

  private Coverage.Entry unjudged(Coverage.Entry entry) {
    Problem p = entry.problem();
    int line = p.line() == 0 ? 0 : now(entry.location()).line();
    return new Coverage.Entry(
        entry.file(), new Problem(p.kind(), line, p.function(), text(p.detail())));
  }

  private List<Related> related(List<Related> lines) {
    return lines.stream().map(r -> new Related(now(r.location()), text(r.message()))).toList();
  }

  private Fix fix(Fix fix) {
    return new Fix(
        fix.title(),
        fix.edits().stream().map(e -> new TextEdit(now(e.at()), e.before(), e.after())).toList(),
        text(fix.needs()));
  }
}
