// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.Forks;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.rules.pin.LeakStand.Fate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A path leaves a function with a reference that other paths give back. */
@AutoService(Rule.class)
public final class Leak implements Rule {
  private static final String CLEANED_UP = "cleaned-up";
  private static final String HANDED_OVER = "handed-over";
  private static final String NOT_PASSED = "not-passed";

  private static final RuleInfo INFO =
      new RuleInfo(
          "pin-leak",
          Tier.WARNING,
          "a path leaves with a reference that another path gives back",
          List.of(CLEANED_UP, HANDED_OVER, NOT_PASSED));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    TreeSet<String> all = new TreeSet<>(program.files(Term.Trait.OPERATES));
    for (Api row : program.model().family("reference")) {
      if (row.operation().equals("each")) {
        all.addAll(program.files(Term.CALL, row.name()));
      }
    }
    return all;
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    if (LeakSite.mayLoop(function, program)) {
      return true;
    }
    return (LeakSite.mayTake(function, program) && puts(function, program))
        || LeakSite.mayFind(function, program);
  }

  private static boolean puts(FunctionRef function, Program program) {
    return program.callees(function).stream()
            .anyMatch(c -> program.model().does(c, "reference", "put"))
        || PutCalls.of(program).any(function);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    Function body = program.ir(function);
    for (LeakSite site : LeakSite.of(body, function, program)) {
      LeakWalk walk = walk(site, body, function, program, LeakWalk.Passing.ENDS);
      if (!walk.isComplete()) {
        report.unjudged(
            Location.of(function.file(), site.call().position()),
            function.name(),
            "pin-leak: more paths than are followed");
      } else if (!leaking(site, walk).isEmpty()) {
        withCallers(function, body, site, walk, program, report);
      } else {
        Optional<LeakWalk> lending = lending(site, body, function, program, walk);
        if (lending.isPresent()) {
          withCallers(function, body, site, lending.get(), program, report);
        } else if (walk.leaks().isEmpty() && site.kind() != LeakSite.Kind.LIKELY) {
          excused(function, site, walk, report);
        }
      }
    }
  }

  private static LeakWalk walk(
      LeakSite site,
      Function body,
      FunctionRef function,
      Program program,
      LeakWalk.Passing passing) {
    return LeakWalk.of(program, function, body, site, PathFacts.NONE, passing);
  }

  /** Where a path leaks that has passed the object on, and others show that it has it still. */
  private static Optional<LeakWalk> lending(
      LeakSite site, Function body, FunctionRef function, Program program, LeakWalk ending) {
    if (site.kind() == LeakSite.Kind.COUNTED || !ending.ends().containsValue(Fate.HANDED_OVER)) {
      return Optional.empty();
    }
    return Optional.of(walk(site, body, function, program, LeakWalk.Passing.LENDS))
        .filter(w -> w.isComplete() && !leaking(site, w).isEmpty());
  }

  /** What leaks as far as the function itself tells may have no caller. */
  private static void withCallers(
      FunctionRef function,
      Function body,
      LeakSite site,
      LeakWalk walk,
      Program program,
      Report report) {
    Optional<PassedByAll> passed = PassedByAll.of(program, function, body);
    LeakWalk known =
        passed
            .map(p -> LeakWalk.of(program, function, body, site, p.facts(), walk.passing()))
            .filter(LeakWalk::isComplete)
            .orElse(walk);
    List<Forks.Way<LeakStand>> ways = leaking(site, known);
    Location location = Location.of(function.file(), site.call().position());
    if (ways.isEmpty()) {
      report.excused(
          new Excused(
              INFO.id(),
              location,
              function.name(),
              NOT_PASSED,
              "no caller passes that with which it would leak",
              passed.map(PassedByAll::calls).orElse(List.of())));
      return;
    }
    LeakStory story = new LeakStory(program, function, body, site, known, ways);
    Optional<String> doubt = new LeakDoubt(program, site, known, body).of(ways);
    report.finding(
        new Finding(
            INFO.id(),
            doubt.isPresent() ? Tier.LATENT : INFO.tier(),
            location,
            function.name(),
            story.message(),
            story.lines(doubt)));
  }

  /**
   * The ways that differ from others: what a loop macro holds it gives back itself; and where only
   * paths that fail give a reference back, those that do not may leave it to somebody else. So may
   * they what was counted for him. That a look-up has taken a reference at all is shown by an error
   * path that puts what it gave, where its body does not show it.
   */
  private static List<Forks.Way<LeakStand>> leaking(LeakSite site, LeakWalk walk) {
    if (site.kind() == LeakSite.Kind.LOOP) {
      return walk.ways();
    }
    if (site.kind() == LeakSite.Kind.LIKELY && !walk.isPutWith(LeakWalk.Outcome.FAILS)) {
      return List.of(); // A put on success alone may be that of what ends here.
    }
    boolean failsOnly =
        site.kind() == LeakSite.Kind.COUNTED
            || site.kind() == LeakSite.Kind.LIKELY
            || !walk.isPutWith(LeakWalk.Outcome.OTHER);
    return walk.ends().containsValue(Fate.PUT)
        ? walk.ways().stream()
            .filter(w -> !failsOnly || walk.outcome(w.end()) == LeakWalk.Outcome.FAILS)
            .toList()
        : List.of();
  }

  private static void excused(FunctionRef function, LeakSite site, LeakWalk walk, Report report) {
    for (Map.Entry<Position, Fate> end : walk.ends().entrySet()) {
      if (end.getValue() != Fate.PUT && site.kind() != LeakSite.Kind.LOOP) {
        boolean cleaned = end.getValue() == Fate.CLEANED_UP;
        Location there = Location.of(function.file(), end.getKey());
        report.excused(
            new Excused(
                INFO.id(),
                Location.of(function.file(), site.call().position()),
                function.name(),
                cleaned ? CLEANED_UP : HANDED_OVER,
                cleaned ? "the end of its scope gives it back" : "it is somebody else's from there",
                List.of(new Related(there, cleaned ? "given back here" : "handed over here"))));
        return;
      }
    }
  }
}
