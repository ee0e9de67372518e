// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Shows that something is so on every way to a call, though not the same on all: here a read-side
 * section is open, there a lock is held. {@link Contexts} says only what is held on all of them.
 */
public final class EveryWay {
  /** Functions, with what was done since, that are looked at for one answer. */
  private static final int MAX_STEPS = 200;

  private static final int MAX_PROOF = 3;

  private final Program program;
  private final Contexts contexts;

  private EveryWay(Program program) {
    this.program = program;
    this.contexts = Contexts.of(program);
  }

  /** The ways of a program. */
  public static EveryWay of(Program program) {
    return program.memo(EveryWay.class, () -> new EveryWay(program));
  }

  /**
   * A function that ways come through.
   *
   * @param below what is done from its entry to the call in the end
   */
  private record Step(FunctionRef function, LocalContext below) {}

  /**
   * Some lines on why it is so on all ways; empty if on one it may not be, or ways are not known.
   *
   * @param wanted of what is surely held at the call; where that is so of less it is so of more
   */
  public Optional<List<Related>> to(
      FunctionRef function, Position position, Predicate<Context> wanted) {
    List<Related> proof = new ArrayList<>();
    Deque<Step> work = new ArrayDeque<>();
    Set<Step> seen = new HashSet<>();
    Step first =
        new Step(
            function,
            contexts
                .locals()
                .inBody(
                    function,
                    i -> i instanceof Instruction.Call c && c.position().equals(position)));
    work.add(first);
    seen.add(first);
    while (!work.isEmpty()) {
      Step step = work.removeFirst();
      List<CallGraph.Way> ways = CallGraph.of(program).into(step.function());
      if (ways.isEmpty() || seen.size() > MAX_STEPS) {
        return Optional.empty();
      }
      for (CallGraph.Way way : ways) {
        Optional<Step> above = way.caller().map(caller -> above(caller, way, step));
        Optional<Context> sure = sure(way, above, step);
        if (sure.filter(wanted).isPresent()) {
          tell(way, step.function(), sure.get()).ifPresent(proof::add);
        } else if (above.isPresent()) {
          above.filter(seen::add).ifPresent(work::add);
        } else {
          return Optional.empty();
        }
      }
    }
    return proof.isEmpty()
        ? Optional.empty() // Functions that call each other, and nobody else them.
        : Optional.of(proof.stream().distinct().limit(MAX_PROOF).toList());
  }

  /** What surely holds at the call in the end, if the function is entered by that way. */
  private Optional<Context> sure(CallGraph.Way way, Optional<Step> above, Step step) {
    return way instanceof CallGraph.Way.Core core
        ? Optional.of(step.below().after(contexts.byCore(step.function(), core)))
        : above.map(a -> a.below().after(contexts.entry(a.function())));
  }

  private Step above(FunctionRef caller, CallGraph.Way way, Step step) {
    return new Step(
        caller, step.below().of(contexts.locals().atCalls(caller, step.function(), way)));
  }

  private Optional<Related> tell(CallGraph.Way way, FunctionRef function, Context sure) {
    FunctionRef from = way.caller().orElse(function);
    String how =
        sure.inSection()
            ? "inside of a read-side section"
            : sure.locks().isEmpty() ? "" : "with " + sure.locks().firstKey() + " held";
    return how.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Related(
                Location.of(from.file(), program.facts(from).position()),
                from.equals(function)
                    ? function.name() + "() is called " + how
                    : from.name() + "() calls " + function.name() + "() " + how));
  }
}
