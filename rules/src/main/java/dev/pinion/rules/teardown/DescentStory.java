// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.dataflow.SureConditions;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A descent told line by line, and what is uncertain about it. */
final class DescentStory {
  private final Program program;
  private final Retrace retrace;

  DescentStory(Program program) {
    this.program = program;
    this.retrace = new Retrace(program);
  }

  /** One line for each step. */
  List<Related> story(Descent.Reached reached) {
    List<Related> all = new ArrayList<>();
    for (Descent.Step step : reached.steps()) {
      all.add(new Related(location(step), told(step)));
    }
    return all;
  }

  private Location location(Descent.Step step) {
    return retrace.calls(step).stream()
        .findFirst()
        .map(c -> Location.of(step.from().file(), c.position()))
        .orElseGet(() -> start(step.from()));
  }

  /** Where the function begins. */
  Location start(FunctionRef function) {
    return Location.of(function.file(), program.facts(function).position());
  }

  private static String told(Descent.Step step) {
    String from = step.from().name() + "() calls ";
    String to = step.to().name() + "()";
    if (step.way() instanceof Descent.Way.Member member) {
      return from + to + " through '" + member.field() + "'";
    }
    if (step.way() instanceof Descent.Way.Symbol) {
      return from + to + " of another module, by the pointer that it has looked up";
    }
    return step.way() instanceof Descent.Way.Release release
        ? step.from().name() + "() has " + release.put().name() + "() call " + to + " for the last"
        : from + to;
  }

  /**
   * The step on which one of several functions runs, if there is one and the object does not tell
   * which.
   *
   * @param object what was handed on at the start
   */
  Optional<String> choice(FunctionRef function, Value object, Descent.Reached reached) {
    for (Descent.Step step : reached.steps()) {
      if (step.way() instanceof Descent.Way.Member member
          && member.targets() > 1
          && !isFor(step.to(), function, object)) {
        return Optional.of(
            "which of the "
                + member.targets()
                + " functions in '"
                + member.field()
                + "' is called is not known");
      }
    }
    return Optional.empty();
  }

  /** The name of a function on the way that goes on only for the last reference to something. */
  Optional<String> release(Descent.Reached reached) {
    return reached.steps().stream()
        .filter(s -> s.way() instanceof Descent.Way.Release || testsForLast(s.from()))
        .findFirst()
        .map(s -> s.from().name());
  }

  private boolean testsForLast(FunctionRef function) {
    return program.operations(function).stream()
        .anyMatch(
            o ->
                program
                    .model()
                    .find("object", o.api())
                    .filter(a -> a.does("object", "put") && a.is("test"))
                    .isPresent());
  }

  /** The name of a function on the way that goes on only if a test has some outcome. */
  Optional<String> conditional(List<Descent.Step> steps) {
    for (Descent.Step step : steps) {
      for (Instruction.Call call : retrace.calls(step)) {
        if (isConditional(step.from(), call)) {
          return Optional.of(step.from().name());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a call is made only if a test has some outcome. */
  boolean isConditional(FunctionRef function, Instruction.Call call) {
    return !SureConditions.before(program.ir(function), call).isEmpty();
  }

  /** Whether a call is made only if a test says that some callback is, or is not, to run. */
  boolean isAfterTest(FunctionRef function, Instruction.Call call) {
    Contexts.Body body = Contexts.of(program).body(function);
    return SureConditions.before(body.function(), call).stream().anyMatch(c -> isTest(c, body));
  }

  private boolean isTest(Condition condition, Contexts.Body body) {
    return condition.left() instanceof Value.Load load
        && body.typing()
            .definition(load.path().root())
            .filter(
                d ->
                    d instanceof Instruction.Call test
                        && program.model().does(test.name(), "drain", "tests"))
            .isPresent();
  }

  /** Whether a callback takes its argument for the member of the struct that the object is. */
  private boolean isFor(FunctionRef callback, FunctionRef function, Value object) {
    if (!(object instanceof Value.AddressOf address) || address.path().isVariable()) {
      return false;
    }
    Optional<FieldRef> field =
        program
            .types()
            .resolve(
                Contexts.of(program).body(function).typing().typed(address.path()), function.file())
            .flatMap(Types.Place::field);
    return field.isPresent()
        && program.ir(callback).cfg().blocks().stream()
            .flatMap(b -> b.instructions().stream())
            .anyMatch(i -> isContainer(i, field.get(), callback));
  }

  private boolean isContainer(Instruction instruction, FieldRef field, FunctionRef callback) {
    return instruction instanceof Instruction.Assign assign
        && assign.value() instanceof Value.ContainerOf entry
        && entry.member().equals(field.field())
        && program
            .types()
            .tag(entry.type().pointer(), callback.file())
            .filter(field.owner()::equals)
            .isPresent();
  }

  /** The step before which a lock of that name may be given back, if there is one. */
  Optional<Related> givenBack(String lock, Descent.Reached reached) {
    for (Descent.Step step : reached.steps()) {
      for (Instruction.Call call : retrace.calls(step)) {
        if (LockPlaces.of(program).mayGiveBack(step.from(), call, lock)) {
          return Optional.of(
              new Related(
                  Location.of(step.from().file(), call.position()),
                  step.from().name() + "() may have given '" + lock + "' back by then"));
        }
      }
    }
    return Optional.empty();
  }

  /** The same for a lock that is taken again, up to where it is. */
  Optional<Related> givenBack(Collision collision) {
    Optional<Related> before = givenBack(collision.lock(), collision.reached());
    boolean last =
        LockPlaces.of(program)
            .mayGiveBack(
                collision.reached().function(), collision.taken().call(), collision.lock());
    return before.isPresent() || !last
        ? before
        : Optional.of(
            new Related(
                collision.location(), "it may have been given back before it is taken again"));
  }

  Retrace retrace() {
    return retrace;
  }
}
