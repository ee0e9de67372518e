// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FactsReader;
import dev.pinion.analyzer.facts.FactsWriter;
import dev.pinion.analyzer.facts.Sharing;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.TextEdit;
import dev.pinion.analyzer.rule.Tier;
import java.util.List;

/**
 * What one rule said about a tree, sorted.
 *
 * @param unjudged what it could not judge because a limit was reached
 */
record Verdict(List<Finding> findings, List<Excused> excused, List<Coverage.Entry> unjudged) {
  static final Verdict NOTHING = new Verdict(List.of(), List.of(), List.of());

  private static final Tier[] TIERS = Tier.values();

  Verdict {
    findings = List.copyOf(findings);
    excused = List.copyOf(excused);
    unjudged = List.copyOf(unjudged);
  }

  /** All that one rule said, in parts; linear in their size but for the sorting. */
  static Verdict of(List<Verdict> parts) {
    return new Verdict(
        parts.stream().flatMap(v -> v.findings().stream()).sorted().distinct().toList(),
        parts.stream().flatMap(v -> v.excused().stream()).sorted().distinct().toList(),
        parts.stream()
            .flatMap(v -> v.unjudged().stream())
            .sorted(Coverage.ORDER)
            .distinct()
            .toList());
  }

  Verdict and(Verdict other) {
    return of(List.of(this, other));
  }

  boolean isEmpty() {
    return findings.isEmpty() && excused.isEmpty() && unjudged.isEmpty();
  }

  /** What it said about the files a request covers. */
  Verdict within(ScanRequest request) {
    return new Verdict(
        findings.stream().filter(f -> request.covers(f.location().file())).toList(),
        excused.stream().filter(e -> request.covers(e.location().file())).toList(),
        unjudged.stream().filter(e -> request.covers(e.file())).toList());
  }

  byte[] encode() {
    FactsWriter out = new FactsWriter();
    write(out);
    return out.toBytes();
  }

  void write(FactsWriter out) {
    out.list(
        findings,
        f -> {
          out.text(f.rule());
          out.constant(f.tier());
          write(f.location(), out);
          out.text(f.function());
          out.text(f.message());
          out.list(f.related(), r -> write(r, out));
          out.list(f.fixes(), x -> write(x, out));
        });
    out.list(
        excused,
        e -> {
          out.text(e.rule());
          write(e.location(), out);
          out.text(e.function());
          out.text(e.excuse());
          out.text(e.because());
          out.list(e.related(), r -> write(r, out));
        });
    out.list(unjudged, e -> Ledger.write(e, out));
  }

  private static void write(Related related, FactsWriter out) {
    write(related.location(), out);
    out.text(related.message());
  }

  private static void write(Fix fix, FactsWriter out) {
    out.text(fix.title());
    out.list(
        fix.edits(),
        e -> {
          write(e.at(), out);
          out.text(e.before());
          out.text(e.after());
        });
    out.text(fix.needs());
  }

  private static void write(Location location, FactsWriter out) {
    out.text(location.file());
    out.number(location.line());
    out.number(location.column());
  }

  static Verdict decode(byte[] bytes) {
    return read(new FactsReader(bytes, Sharing.none()));
  }

  static Verdict read(FactsReader in) {
    return new Verdict(
        in.list(
            () ->
                new Finding(
                    in.text(),
                    in.constant(TIERS),
                    location(in),
                    in.text(),
                    in.text(),
                    in.list(() -> related(in)),
                    in.list(() -> fix(in)))),
        in.list(
            () ->
                new Excused(
                    in.text(),
                    location(in),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.list(() -> related(in)))),
        in.list(() -> Ledger.entry(in)));
  }

  private static Related related(FactsReader in) {
    return new Related(location(in), in.text());
  }

  private static Fix fix(FactsReader in) {
    return new Fix(
        in.text(), in.list(() -> new TextEdit(location(in), in.text(), in.text())), in.text());
  }

  private static Location location(FactsReader in) {
    return new Location(in.text(), in.number(), in.number());
  }
}
