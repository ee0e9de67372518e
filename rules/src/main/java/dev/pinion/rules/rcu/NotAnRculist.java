// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.GracePeriods;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A removal with an RCU primitive that protects nobody: no reader can meet it, and no removal from
 * such lists is followed by a grace period. The code looks like an RCU-protected list and is none.
 */
@AutoService(Rule.class)
public final class NotAnRculist extends ListRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-not-an-rculist",
          Tier.LATENT,
          "an RCU removal that no reader can meet, from lists that know no grace period",
          List.of());

  /** Excuses that say that no reader is there, whichever primitive removes. */
  private static final Set<String> NO_READER =
      Set.of(
          "last-reference-gone", "no-lockless-reader", "reader-excluded-by-lock", "not-published");

  /** How many calls below a removal a grace period is looked for. */
  private static final int MAX_LEVELS = 2;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  boolean isAbout(Api api) {
    return api.is("unlink");
  }

  @Override
  boolean isCandidate(ListUses.Use use, Program program) {
    return field(use, program).isPresent();
  }

  /** The field of a list of which nobody who removes knows grace periods. */
  private static Optional<FieldRef> field(ListUses.Use use, Program program) {
    RcuLists lists = RcuLists.of(program);
    return lists.nodeField(use).filter(f -> lists.isContract(f) && !knowsGracePeriods(f, program));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    uses(function, program)
        .forEach(
            use ->
                field(use, program)
                    .filter(
                        f ->
                            removals(f, program).stream()
                                .allMatch(u -> noReader(u, f, program).isPresent()))
                    .flatMap(f -> Update.of(program, use, f))
                    .ifPresent(
                        u ->
                            report.finding(
                                finding(u, noReader(use, u.field(), program).orElseThrow()))));
  }

  private static List<ListUses.Use> removals(FieldRef field, Program program) {
    return RcuLists.of(program).uses(field).stream().filter(u -> u.api().is("unlink")).toList();
  }

  private static boolean knowsGracePeriods(FieldRef field, Program program) {
    return program.memo(
        List.of("NotAnRculist.knowsGracePeriods", field),
        () ->
            removals(field, program).stream()
                .map(ListUses.Use::function)
                .distinct()
                .anyMatch(
                    f ->
                        GracePeriods.of(program).mayWaitIn(f)
                            || defers(f, program, MAX_LEVELS)
                            || program.callersOf(f).stream()
                                .anyMatch(
                                    c ->
                                        GracePeriods.of(program).mayWaitIn(c)
                                            || defers(c, program, 1))));
  }

  /** Whether the function, or one that it calls, leaves a free to after a grace period. */
  private static boolean defers(FunctionRef function, Program program, int levels) {
    return program.facts(function).callees().stream()
        .anyMatch(
            n ->
                program.model().does(n, "rcu", "defer-free", "callback")
                    || (levels > 0
                        && program
                            .resolve(n, function.file())
                            .filter(f -> defers(f, program, levels - 1))
                            .isPresent()));
  }

  /** Why no reader can meet the removal; empty if one may. */
  private static Optional<Excuse> noReader(ListUses.Use use, FieldRef field, Program program) {
    return program.memo(
        List.of("NotAnRculist.noReader", use, field),
        () ->
            Update.of(program, use, field)
                .filter(u -> !u.readers().isEmpty())
                .flatMap(u -> new Excuses(u).first())
                .filter(e -> NO_READER.contains(e.id())));
  }

  private static Finding finding(Update removal, Excuse why) {
    RcuLists lists = RcuLists.of(removal.program());
    List<Related> story = new ArrayList<>();
    Readers.insertion(removal.field(), removal.ref(), lists).ifPresent(story::add);
    RcuLists.Reader reader = Readers.surest(removal.readers());
    story.add(new Related(reader.use().location(), Readers.describe(reader, "")));
    story.addAll(why.proof());
    story.add(
        new Related(
            removal.location(),
            "latent only: nothing breaks, as "
                + why.because()
                + "; but no grace period follows any removal, so that it is no RCU list"));
    return new Finding(
        INFO.id(),
        Tier.LATENT,
        removal.location(),
        removal.ref().name(),
        removal.use().api().name()
            + "() of '"
            + removal.field()
            + "' misleads: no reader can meet it, and no grace period follows any removal",
        story);
  }
}
