// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the rules of this family share: their candidates and how they say things. */
abstract class SymbolRule implements Rule {
  private final RuleInfo info;

  SymbolRule(RuleInfo info) {
    this.info = info;
  }

  @Override
  public final RuleInfo info() {
    return info;
  }

  @Override
  public final Collection<String> files(Program program) {
    return SymbolFunctions.files(program);
  }

  @Override
  public final boolean isCandidate(FunctionRef function, Program program) {
    return SymbolFunctions.has(function, program);
  }

  final void find(
      Report report,
      FunctionRef function,
      Position position,
      String message,
      List<Related> related) {
    find(report, function, position, message, related, List.of());
  }

  final void find(
      Report report,
      FunctionRef function,
      Position position,
      String message,
      List<Related> related,
      List<Fix> fixes) {
    find(report, info.tier(), function, position, message, related, fixes);
  }

  /** A finding on a path; one that needs something unlikely is latent and says so at its end. */
  final void find(
      Report report,
      Pin.Odds odds,
      FunctionRef function,
      Position position,
      String message,
      List<Related> related) {
    if (odds == Pin.Odds.LIKELY) {
      find(report, function, position, message, related);
      return;
    }
    List<Related> story = new ArrayList<>(related);
    story.add(
        at(
            function,
            position,
            "latent only: another symbol of the same module is held, so that the failing get"
                + " hardly ever fails"));
    find(report, Tier.LATENT, function, position, message, story, List.of());
  }

  private void find(
      Report report,
      Tier tier,
      FunctionRef function,
      Position position,
      String message,
      List<Related> related,
      List<Fix> fixes) {
    report.finding(
        new Finding(
            info.id(),
            tier,
            Location.of(function.file(), position),
            function.name(),
            message,
            related,
            fixes));
  }

  final void excuse(
      Report report,
      FunctionRef function,
      Position position,
      String excuse,
      String because,
      List<Related> related) {
    report.excused(
        new Excused(
            info.id(),
            Location.of(function.file(), position),
            function.name(),
            excuse,
            because,
            related));
  }

  static Related at(FunctionRef function, Position position, String message) {
    return new Related(Location.of(function.file(), position), message);
  }
}
