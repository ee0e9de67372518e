// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.EveryPath;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Flavour;
import dev.pinion.analyzer.link.Frees;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.GracePeriods;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What more speaks against a removal if of its readers only one way in is known. Where all are, who
 * may walk when is settled; here it is only likely, and a sign that the code tells this removal
 * apart from others weighs more.
 */
final class OneWayDoubts {
  private final Program program;
  private final Update update;

  OneWayDoubts(Update update) {
    this.program = update.program();
    this.update = update;
  }

  /** The first of them, as the last line of the story. */
  Optional<Related> first() {
    return otherList().or(this::waitBefore).or(this::freedElsewhereLater);
  }

  /** Several lists use the field, and on which of them the node was is not known. */
  private Optional<Related> otherList() {
    boolean known =
        NodeOrigins.of(update).headNames().isPresent()
            || RcuLists.of(program)
                .publishedHeads(update.field())
                .filter(h -> h.size() == 1)
                .isPresent();
    return known
        ? Optional.empty()
        : Optional.of(
            new Related(
                update.location(),
                "latent only: several lists use '"
                    + update.field()
                    + "', and on which of them the node is is not known"));
  }

  /** A grace period surely passes in the function before. */
  private Optional<Related> waitBefore() {
    Set<Flavour> flavours = RcuLists.of(program).flavours(update.field());
    List<Instruction.Call> waits = new ArrayList<>();
    EveryPath waited =
        (instruction, before) -> {
          if (instruction instanceof Instruction.Call call
              && GracePeriods.of(program).waits(update.ref(), call, flavours)) {
            waits.add(call);
            return true;
          }
          return before;
        };
    if (!GracePeriods.of(program).mayWaitIn(update.ref())) {
      return Optional.empty();
    }
    Solution<Boolean> solution = Solver.forward(update.function().cfg(), waited);
    List<Boolean> here = new ArrayList<>();
    solution.forEach(
        (block, instruction, before) -> {
          if (instruction.equals(update.call())) {
            here.add(before);
          }
        });
    return solution.complete() && !here.isEmpty() && here.stream().allMatch(b -> b)
        ? Optional.of(
            at(
                waits.get(0),
                "latent only: a grace period passes here, before: readers may have lost sight of"
                    + " the list by then"))
        : Optional.empty();
  }

  /**
   * The object is freed at once here, and elsewhere removed for readers and freed after a grace
   * period.
   */
  private Optional<Related> freedElsewhereLater() {
    if (update.use().api().is("unlink") || update.adds()) {
      return Optional.empty();
    }
    Frees frees = Frees.of(program);
    boolean now =
        Calls.of(update.function()).stream()
            .anyMatch(
                c ->
                    frees
                        .byCall(update.ref(), update.typing(), c, update.object().toString())
                        .isPresent());
    return now
        ? RcuLists.of(program).uses(update.field()).stream()
            .filter(u -> u.api().is("unlink") && !u.function().equals(update.ref()))
            .filter(u -> defers(u.function()))
            .findFirst()
            .map(OneWayDoubts::toldApart)
        : Optional.empty();
  }

  private static Related toldApart(ListUses.Use use) {
    return new Related(
        use.location(),
        "latent only: "
            + use.function().name()
            + "() removes such nodes for readers and frees them after a grace period, so that two"
            + " states of them are told apart");
  }

  private boolean defers(FunctionRef function) {
    return defers(program, function);
  }

  /** Whether the function hands something over to RCU. */
  static boolean defers(Program program, FunctionRef function) {
    return program.facts(function).callees().stream()
        .anyMatch(n -> program.model().does(n, "rcu", "defer-free", "callback"));
  }

  private Related at(Instruction.Call call, String message) {
    return new Related(Location.of(update.ref().file(), call.position()), message);
  }
}
