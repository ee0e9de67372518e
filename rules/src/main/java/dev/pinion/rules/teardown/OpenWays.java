// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excuse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which ways down to a call are open, with the constants that are passed on them: a function that
 * waits only if it is told to by a parameter does not wait for who passes {@code false}.
 */
final class OpenWays {
  /** The excuse for a call that no way comes to. */
  static final String EXCUSE = "told-by-argument";

  /** Functions with what they are passed; past so many nothing is said. */
  private static final int MAX_PASSINGS = 600;

  private final Program program;
  private final List<Descent.Reached> running;
  private final Instruction.Call call;

  /**
   * @param running what runs below the start
   * @param call made by the last function of a way
   */
  OpenWays(Program program, List<Descent.Reached> running, Instruction.Call call) {
    this.program = program;
    this.running = running;
    this.call = call;
  }

  /** Those to a call at the end of a way, through all that runs where it starts. */
  static OpenWays of(Program program, Descent.Reached way, Instruction.Call call) {
    return new OpenWays(program, Descent.of(program).from(start(way)), call);
  }

  /**
   * That way if it is open, or another one to the same call that is; empty if all that are followed
   * are closed.
   */
  Optional<Descent.Reached> instead(Descent.Reached way) {
    List<Set<Passing>> entered = entered(way);
    return entered.get(entered.size() - 1).stream().anyMatch(p -> p.mayCall(call, program))
        ? Optional.of(way)
        : search(way, start(way));
  }

  private static FunctionRef start(Descent.Reached way) {
    return way.steps().isEmpty() ? way.function() : way.steps().get(0).from();
  }

  /**
   * How each function on a way is entered, from the start on; not at all if it is closed before.
   */
  private List<Set<Passing>> entered(Descent.Reached way) {
    List<Set<Passing>> all = new ArrayList<>();
    Set<Passing> here = Set.of(Passing.anything(start(way)));
    all.add(here);
    for (Descent.Step step : way.steps()) {
      Set<Passing> below = new LinkedHashSet<>();
      here.forEach(p -> below.addAll(p.down(step, program)));
      all.add(below);
      here = below;
    }
    return all;
  }

  private Optional<Descent.Reached> search(Descent.Reached way, FunctionRef start) {
    Set<FunctionRef> towards = towards(way.function());
    Deque<Passing> work = new ArrayDeque<>(List.of(Passing.anything(start)));
    Set<Passing> seen = new HashSet<>(work);
    Map<Passing, Map.Entry<Passing, Descent.Step>> above = new HashMap<>();
    while (!work.isEmpty()) {
      Passing next = work.remove();
      if (next.function().equals(way.function()) && next.mayCall(call, program)) {
        return Optional.of(Descent.Reached.by(start, steps(next, above)));
      }
      for (Descent.Step step : Descent.of(program).down(next.function())) {
        if (towards.contains(step.to())) {
          for (Passing below : next.down(step, program)) {
            if (seen.add(below)) {
              above.put(below, Map.entry(next, step));
              work.add(below);
            }
          }
        }
      }
      if (seen.size() > MAX_PASSINGS) {
        return Optional.of(way);
      }
    }
    return Optional.empty();
  }

  private static List<Descent.Step> steps(
      Passing end, Map<Passing, Map.Entry<Passing, Descent.Step>> above) {
    Deque<Descent.Step> steps = new ArrayDeque<>();
    Map.Entry<Passing, Descent.Step> by = above.get(end);
    while (by != null) {
      steps.addFirst(by.getValue());
      by = above.get(by.getKey());
    }
    return List.copyOf(steps);
  }

  /** Those of the functions that run from which one comes to the target. */
  private Set<FunctionRef> towards(FunctionRef target) {
    Map<FunctionRef, List<FunctionRef>> callers = new HashMap<>();
    for (Descent.Reached one : running) {
      for (Descent.Step step : Descent.of(program).down(one.function())) {
        callers.computeIfAbsent(step.to(), t -> new ArrayList<>()).add(step.from());
      }
    }
    Set<FunctionRef> all = new HashSet<>(Set.of(target));
    Deque<FunctionRef> work = new ArrayDeque<>(all);
    while (!work.isEmpty()) {
      for (FunctionRef caller : callers.getOrDefault(work.remove(), List.of())) {
        if (all.add(caller)) {
          work.add(caller);
        }
      }
    }
    return all;
  }

  /** The excuse for a call to which all ways are closed, by one of them. */
  Excuse closed(Descent.Reached way) {
    List<Set<Passing>> entered = entered(way);
    List<Related> proof = new ArrayList<>();
    for (int i = 0; i < way.steps().size(); i++) {
      Descent.Step step = way.steps().get(i);
      entered.get(i + 1).stream()
          .map(p -> p.told(program))
          .filter(told -> !told.isEmpty())
          .findFirst()
          .ifPresent(told -> proof.addAll(calls(step, told)));
    }
    proof.add(
        new Related(
            Location.of(way.function().file(), call.position()),
            way.function().name() + "() does not come here then"));
    return new Excuse(EXCUSE, "who calls tells by an argument that it does not come there", proof);
  }

  private List<Related> calls(Descent.Step step, String told) {
    return new Retrace(program)
        .calls(step).stream()
            .limit(1)
            .map(
                c ->
                    new Related(
                        Location.of(step.from().file(), c.position()),
                        step.from().name() + "() calls " + step.to().name() + "(), where " + told))
            .toList();
  }
}
