// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a path of a function back to where a descent started: what the function's parameter is
 * there, at the calls that led down to it.
 */
final class Retrace {
  private final Program program;

  Retrace(Program program) {
    this.program = program;
  }

  /**
   * What a path of the function that was reached is in the names of the function where the descent
   * started; several if calls pass different things, none if that is not known.
   */
  Set<AccessPath> toStart(Descent.Reached reached, AccessPath path) {
    Set<AccessPath> paths = Set.of(path);
    List<Descent.Step> steps = reached.steps();
    for (int i = steps.size() - 1; i >= 0 && !paths.isEmpty(); i--) {
      Set<AccessPath> above = new LinkedHashSet<>();
      for (AccessPath one : paths) {
        above.addAll(above(steps.get(i), one));
      }
      paths = above;
    }
    return paths;
  }

  /** The calls by which a step goes down, in block order. */
  List<Instruction.Call> calls(Descent.Step step) {
    Contexts.Body body = Contexts.of(program).body(step.from());
    List<Instruction.Call> all = new ArrayList<>();
    for (Instruction.Call call : Calls.of(body.function())) {
      if (isBy(step.way(), call, body)) {
        all.add(call);
      }
    }
    return all;
  }

  private boolean isBy(Descent.Way way, Instruction.Call call, Contexts.Body body) {
    if (way instanceof Descent.Way.Name name) {
      return call.calls(name.name());
    }
    if (way instanceof Descent.Way.Release release) {
      return call.calls(release.put().name());
    }
    if (!(call.callee() instanceof Instruction.Callee.Indirect through)) {
      return false;
    }
    return way instanceof Descent.Way.Member member
        ? body.typing().typed(through.path()).equals(member.by())
        : through.path().isVariable();
  }

  private Set<AccessPath> above(Descent.Step step, AccessPath path) {
    Contexts.Body below = Contexts.of(program).body(step.to());
    Contexts.Body above = Contexts.of(program).body(step.from());
    if (!below.typing().declares(path.root())) {
      return Set.of(path); // a global is the same everywhere
    }
    Set<AccessPath> all = new LinkedHashSet<>();
    for (Instruction.Call call : calls(step)) {
      Optional<AccessPath> passed = passed(step.way(), call, below, path, above.typing());
      if (passed.isEmpty()) {
        return Set.of();
      }
      all.add(passed.get());
    }
    return all;
  }

  private Optional<AccessPath> passed(
      Descent.Way way, Instruction.Call call, Contexts.Body below, AccessPath path, Typing above) {
    Optional<Anchor> anchor = Anchor.of(below, path);
    int argument =
        way instanceof Descent.Way.Release release
            ? release.put().argument("arg")
            : anchor.map(Anchor::parameter).orElse(-1);
    if (anchor.isEmpty() || argument < 0 || argument >= call.arguments().size()) {
      return Optional.empty();
    }
    Value value = above.canonical(call.arguments().get(argument));
    if (anchor.get().container().isEmpty()) {
      return above.inside(value, anchor.get().rest());
    }
    return anchor.get().holder(value).map(h -> join(h, anchor.get().rest())).map(above::canonical);
  }

  /** A path to an object, and the steps from a pointer to it. */
  static AccessPath join(AccessPath object, List<Step> steps) {
    if (steps.isEmpty()) {
      return object;
    }
    // 'object' names the object itself where it ends in a member, and a pointer to it otherwise.
    boolean isEmbedded =
        !object.isVariable() && object.steps().get(object.steps().size() - 1) instanceof Step.Dot;
    return isEmbedded && steps.get(0) instanceof Step.Arrow arrow
        ? object.dot(arrow.name()).thenAll(steps.subList(1, steps.size()))
        : object.thenAll(steps);
  }
}
