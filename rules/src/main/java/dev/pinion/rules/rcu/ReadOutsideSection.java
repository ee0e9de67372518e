// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.BareWays;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.EntryPoints;
import dev.pinion.analyzer.link.EveryWay;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LastReference;
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

/**
 * A walk with an RCU iterator outside of any read-side section, and without the lock of those who
 * remove: nothing keeps the nodes.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, items 2 and 9.
 */
@AutoService(Rule.class)
public final class ReadOutsideSection extends ListRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-read-outside-section",
          Tier.LATENT,
          "an RCU walk outside of any read-side section and without the updater's lock",
          List.of(
              "add-only",
              "lockdep-condition",
              "updater-lock",
              "init-or-exit",
              "last-reference-gone",
              "kept-on-every-way"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  boolean isAbout(Api api) {
    return ListUses.isLocklessRead(api);
  }

  @Override
  boolean isCandidate(ListUses.Use use, Program program) {
    return !isInsideHere(use, program) && super.isCandidate(use, program);
  }

  /** Whether the function itself has a section open at all such walks; from facts alone. */
  private static boolean isInsideHere(ListUses.Use use, Program program) {
    return program.facts(use.function()).locks().regions().stream()
        .anyMatch(r -> !r.sections().isEmpty() && r.callees().contains(use.api().name()));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    RcuLists lists = RcuLists.of(program);
    uses(function, program)
        .forEach(
            use ->
                lists
                    .nodeField(use)
                    .map(f -> new Walk(program, use, f, contextOf(program, use)))
                    .filter(w -> !w.context().inSection())
                    .ifPresent(w -> w.judge(report)));
  }

  private static Context contextOf(Program program, ListUses.Use use) {
    return Contexts.of(program).at(use.function(), use.operation().position());
  }

  /** A walk of which it is not sure that a section is open. */
  private record Walk(Program program, ListUses.Use use, FieldRef field, Context context) {

    void judge(Report report) {
      Optional<Excuse> excuse =
          addOnly()
              .or(this::condition)
              .or(this::initOrExit)
              .or(this::lastReference)
              .or(this::updaterLock)
              .or(this::everyWay);
      if (excuse.isPresent()) {
        report.excused(excuse.get().of(INFO, use.location(), use.function().name()));
      } else {
        report.finding(finding());
      }
    }

    private Updaters removals() {
      return Updaters.removing(program, field, use);
    }

    private Optional<Excuse> addOnly() {
      return removals().all().isEmpty()
          ? Optional.of(
              new Excuse("add-only", "nothing is ever removed from such lists", List.of()))
          : Optional.empty();
    }

    private Optional<Excuse> condition() {
      int condition = use.api().argument("cond");
      return condition >= 0 && condition < use.operation().operands().size()
          ? Optional.of(
              new Excuse(
                  "lockdep-condition",
                  "the iterator is told what protects the walk, and lockdep checks it",
                  List.of()))
          : Optional.empty();
    }

    private Optional<Excuse> initOrExit() {
      return EntryPoints.of(program).onlyAtInitOrExit(use.function())
          ? Optional.of(
              new Excuse("init-or-exit", "it runs only while its module comes or goes", List.of()))
          : Optional.empty();
    }

    /** Nobody else has what the list hangs on. */
    private Optional<Excuse> lastReference() {
      return owner()
          .flatMap(
              o -> LastReference.of(program).gone(use.function(), o, use.operation().position()))
          .map(
              proof ->
                  new Excuse(
                      "last-reference-gone",
                      "the last reference to what the list hangs on is gone",
                      proof));
    }

    private Optional<AccessPath> owner() {
      Contexts.Body body = Contexts.of(program).body(use.function());
      int head = use.api().argument("head");
      Optional<Instruction.Call> call =
          Calls.at(body.function(), use.api().name(), use.operation().position());
      return call.filter(c -> head >= 0 && head < c.arguments().size())
          .map(c -> body.typing().canonical(c.arguments().get(head)))
          .filter(v -> v instanceof Value.AddressOf)
          .map(v -> ((Value.AddressOf) v).path())
          .filter(p -> !p.steps().isEmpty())
          .map(AccessPath::holder);
    }

    /** One lock of the reader's keeps every removal out. */
    private Optional<Excuse> updaterLock() {
      return removals()
          .keptOut(context)
          .map(
              proof ->
                  new Excuse("updater-lock", "a lock that is held here keeps removals out", proof));
    }

    /** Each way in is inside of a section, or has such a lock. */
    private Optional<Excuse> everyWay() {
      return EveryWay.of(program)
          .to(
              use.function(),
              use.operation().position(),
              c -> c.inSection() || removals().keptOut(c).isPresent())
          .map(
              proof ->
                  new Excuse(
                      "kept-on-every-way",
                      "on every way to it a section is open, or a lock keeps removals out",
                      proof));
    }

    private Finding finding() {
      List<Related> story = new ArrayList<>();
      ListUses.Use removal = removals().all().get(0);
      story.add(
          new Related(
              removal.location(),
              removal.function().name()
                  + "() removes nodes with "
                  + removal.api().name()
                  + "(), and may free them"));
      Optional<Related> way = BareWays.of(program).to(use.function(), use.operation().position());
      way.ifPresent(story::add);
      story.add(
          new Related(
              use.location(), use.function().name() + "() walks with " + use.api().name() + "()"));
      Optional<Related> doubt =
          (way.isPresent() ? updatedOtherwise() : Optional.of(noWay()))
              .or(() -> Optional.of(Doubts.notMeasured(use.location())));
      doubt.ifPresent(story::add);
      return new Finding(
          INFO.id(),
          Doubts.tier(doubt),
          Location.of(use.function().file(), use.operation().position()),
          use.function().name(),
          use.api().name()
              + "() by '"
              + field
              + "' outside of any read-side section, and without a lock that keeps removals out",
          story);
    }

    private Related noWay() {
      return new Related(
          use.location(),
          context.locks().isEmpty()
              ? "latent only: no way into "
                  + use.function().name()
                  + "() is known on which surely neither a section is open nor a lock is held"
              : "latent only: "
                  + context.locks().firstKey()
                  + " is held here, though not for every removal");
    }

    /** Lists whose updaters know nothing of RCU have a lock, and the iterator says little. */
    private Optional<Related> updatedOtherwise() {
      return RcuLists.of(program).isUpdatedUnderRcu(field)
          ? Optional.empty()
          : Optional.of(
              new Related(
                  use.location(),
                  "latent only: no update of this list uses an RCU primitive, so that it may have"
                      + " other rules"));
    }
  }
}
