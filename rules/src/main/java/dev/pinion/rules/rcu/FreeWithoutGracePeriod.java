// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Frees;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * An object taken off an RCU list and freed while a reader may still stand on it.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, items on {@code call_rcu()} and {@code
 * synchronize_rcu()} between removal and reclamation.
 */
@AutoService(Rule.class)
public final class FreeWithoutGracePeriod implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-free-without-grace-period",
          Tier.WARNING,
          "an object is taken off an RCU list and freed with no grace period between",
          Stream.concat(Stream.of("grace-period", "slab-typesafe-by-rcu"), Excuses.IDS.stream())
              .toList());

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    return Unlinks.of(program).files();
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return Unlinks.of(program).areIn(function);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<SortedMap<String, Unlinked>> solution =
        Solver.forward(
            body.function().cfg(), new Reclamation(program, function, body, Unlinks.of(program)));
    if (!solution.complete()) {
      return;
    }
    LeftToLater later = LeftToLater.of(program, function, body, solution);
    solution.forEach(
        (block, instruction, before) -> {
          if (instruction instanceof Instruction.Call call) {
            before.forEach(
                (object, unlinked) ->
                    new Free(program, function, body, call, object, unlinked, later).judge(report));
          }
        });
  }

  /** A call met with an object that is off its list. */
  private record Free(
      Program program,
      FunctionRef function,
      Contexts.Body body,
      Instruction.Call call,
      String object,
      Unlinked unlinked,
      LeftToLater others) {

    void judge(Report report) {
      if (DeferredFree.defers(program, body.typing(), call, object)) {
        excuse(
            report,
            new Excuse(
                "grace-period",
                call.name() + "() frees after a grace period",
                List.of(at(unlinked.position(), "removed from the list"))));
        return;
      }
      Optional<Frees.Chain> named = by(Frees.Calls.BY_NAME);
      Optional<Frees.Chain> how = named.or(() -> by(Frees.Calls.THROUGH_MEMBERS));
      if (how.isEmpty() || !hasReaders()) {
        return;
      }
      Optional<Excuse> excuse = excuse(how.get());
      if (excuse.isPresent()) {
        excuse(report, excuse.get());
      } else {
        report.finding(finding(how.get(), named.isEmpty()));
      }
    }

    private Optional<Frees.Chain> by(Frees.Calls calls) {
      return Frees.of(program, calls).byCall(function, body.typing(), call, object);
    }

    private boolean hasReaders() {
      return Update.of(program, unlinked.use(), unlinked.field())
          .filter(r -> r.readers().isEmpty())
          .isEmpty();
    }

    private Optional<Excuse> excuse(Frees.Chain how) {
      if (unlinked.hasWaited()) {
        return Optional.of(
            new Excuse(
                "grace-period",
                "a grace period passes between removal and free",
                List.of(
                    at(unlinked.position(), "removed from the list"),
                    at(unlinked.waited(), "waits for a grace period"))));
      }
      return SlabCaches.of(program)
          .typesafe(how.primitive())
          .or(
              () ->
                  Update.of(program, unlinked.use(), unlinked.field())
                      .flatMap(r -> new Excuses(r).first()));
    }

    private Finding finding(Frees.Chain how, boolean isThroughMember) {
      RcuLists lists = RcuLists.of(program);
      Optional<Update> update = Update.of(program, unlinked.use(), unlinked.field());
      List<RcuLists.Reader> live =
          update.map(Readers::live).orElse(lists.readers(unlinked.field()));
      List<Related> story = new ArrayList<>();
      Readers.insertion(unlinked.field(), function, lists).ifPresent(story::add);
      Optional<Witness> witness = update.flatMap(r -> Witness.of(r, live));
      story.addAll(Witness.story(witness, live));
      if (update.isPresent()) {
        witness.flatMap(w -> w.updatersLocks(update.get())).ifPresent(story::add);
      }
      story.add(
          new Related(
              unlinked.use().location(),
              unlinked.use().function().name()
                  + "() removes the node with "
                  + unlinked.use().api().name()
                  + "(): readers may still be on it"));
      story.add(
          at(
              call.position(),
              "freed here with no grace period between: such a reader goes on in freed memory"));
      story.addAll(how.steps());
      Optional<Related> doubt =
          update
              .map(r -> new Doubts(r, live, witness).first().or(this::later))
              .orElse(
                  Optional.of(at(call.position(), "latent only: the removal is inside a macro")));
      doubt = doubt.or(() -> isThroughMember ? Optional.of(throughMember()) : Optional.empty());
      doubt.ifPresent(story::add);
      return new Finding(
          INFO.id(),
          Doubts.tier(doubt),
          Location.of(function.file(), call.position()),
          function.name(),
          "'"
              + AccessPath.spelled(object)
              + "' is freed without a grace period after "
              + unlinked.use().api().name()
              + "() of '"
              + unlinked.field()
              + "'",
          story,
          List.of(new LaterFree(program, function, body, call, object, unlinked.field()).fix(how)));
    }

    private Related throughMember() {
      return at(
          call.position(),
          "latent only: which of the functions behind the member is called is not known");
    }

    /** Whoever frees at once on one path only tells two states of the object apart. */
    private Optional<Related> later() {
      return others
          .of(object, unlinked, call)
          .or(() -> LeftToLater.byCallee(program, function, body.typing(), call, object));
    }

    private void excuse(Report report, Excuse excuse) {
      report.excused(
          excuse.of(INFO, Location.of(function.file(), call.position()), function.name()));
    }

    private Related at(Position position, String message) {
      return new Related(Location.of(function.file(), position), message);
    }
  }
}
