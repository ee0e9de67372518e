// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.UnlockedWays;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * A walk with a plain iterator inside a read-side section, over a list that others change
 * meanwhile.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, item 10.
 */
@AutoService(Rule.class)
public final class PlainWalk extends ListRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-list-plain-walk",
          Tier.LATENT,
          "an RCU list is walked with a plain iterator inside a read-side section",
          List.of("updater-lock", "private-list"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  boolean isAbout(Api api) {
    return api.operation().equals("walk") && !api.is("rcu");
  }

  @Override
  boolean isCandidate(ListUses.Use use, Program program) {
    RcuLists lists = RcuLists.of(program);
    return lists
        .nodeField(use)
        .filter(f -> lists.isContract(f) && lists.isUpdatedUnderRcu(f) && mayBeInside(use, program))
        .isPresent();
  }

  /** Whether a section is open at the walk, by the facts of the function and of its callers. */
  private static boolean mayBeInside(ListUses.Use use, Program program) {
    return program.facts(use.function()).locks().regions().stream()
            .anyMatch(r -> !r.sections().isEmpty() && r.callees().contains(use.api().name()))
        || Contexts.of(program).entry(use.function()).inSection();
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    RcuLists lists = RcuLists.of(program);
    uses(function, program)
        .forEach(
            use ->
                lists
                    .nodeField(use)
                    .filter(f -> lists.isContract(f) && lists.isUpdatedUnderRcu(f))
                    .map(f -> new Walk(program, use, f))
                    .filter(w -> w.context().inSection())
                    .ifPresent(w -> w.judge(report)));
  }

  /** A plain walk of a list that has lockless readers. */
  private record Walk(Program program, ListUses.Use use, FieldRef field) {

    Context context() {
      return Contexts.of(program).at(use.function(), use.operation().position());
    }

    void judge(Report report) {
      Optional<Excuse> excuse = updaterLock().or(this::privateList);
      if (excuse.isPresent()) {
        report.excused(excuse.get().of(INFO, use.location(), use.function().name()));
      } else {
        report.finding(finding());
      }
    }

    private Optional<Excuse> updaterLock() {
      return Updaters.of(program, field, use)
          .keptOut(context())
          .map(
              proof ->
                  new Excuse(
                      "updater-lock", "a lock that is held here keeps all updates out", proof));
    }

    private Optional<Excuse> privateList() {
      Optional<Set<String>> names = Heads.of(program).names(use);
      Optional<Set<String>> published = RcuLists.of(program).publishedHeads(field);
      boolean isPrivate =
          names.isPresent()
              && (names.get().equals(Set.of(Heads.LOCAL))
                  || (published.isPresent() && Collections.disjoint(published.get(), names.get())));
      return isPrivate
          ? Optional.of(
              new Excuse(
                  "private-list",
                  "lockless readers do not walk " + String.join(", ", names.get()),
                  List.of()))
          : Optional.empty();
    }

    private Finding finding() {
      List<Related> story = new ArrayList<>();
      Readers.insertion(field, use.function(), RcuLists.of(program)).ifPresent(story::add);
      SortedSet<String> locks = Updaters.of(program, field, use).locks();
      Optional<UnlockedWays.Found> way =
          locks.isEmpty()
              ? Optional.empty()
              : UnlockedWays.of(program)
                  .to(use.function(), use.operation().position(), locks, UnlockedWays.Section.OPEN);
      way.ifPresent(w -> story.add(w.reason()));
      story.add(
          new Related(
              use.location(),
              use.function().name()
                  + "() walks with "
                  + use.api().name()
                  + "() inside a read-side critical section"));
      Optional<Related> doubt =
          (way.isPresent() ? unknownHead() : Optional.of(noWay(locks)))
              .or(() -> Optional.of(Doubts.notMeasured(use.location())));
      doubt.ifPresent(story::add);
      return new Finding(
          INFO.id(),
          Doubts.tier(doubt),
          use.location(),
          use.function().name(),
          "plain "
              + use.api().name()
              + "() by '"
              + field
              + "' inside a read-side section, while others change the list",
          story,
          Twin.of(use.api()).map(t -> t.instead(program, use, this::srcuOnly)).stream().toList());
    }

    /** The twin complains at run time where no section of plain RCU is open. */
    private Optional<String> srcuOnly() {
      return context().sections().keySet().stream().allMatch(s -> s.startsWith("srcu:"))
          ? Optional.of("the section is SRCU's: the iterator has to be told so by its condition")
          : Optional.empty();
    }

    private Related noWay(Set<String> locks) {
      return new Related(
          use.location(),
          locks.isEmpty()
              ? "latent only: which lock the updaters hold is not known"
              : "latent only: not all ways into "
                  + use.function().name()
                  + "() are known: one may hold "
                  + String.join(" or ", locks));
    }

    private Optional<Related> unknownHead() {
      boolean one =
          Heads.of(program).names(use).isPresent()
              || RcuLists.of(program).publishedHeads(field).filter(h -> h.size() == 1).isPresent();
      return one
          ? Optional.empty()
          : Optional.of(
              new Related(
                  use.location(),
                  "latent only: which of the lists that use this field is walked is not known"));
    }
  }
}
