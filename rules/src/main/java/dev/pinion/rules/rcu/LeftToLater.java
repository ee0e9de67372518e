// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The calls of a function that leave an object, taken off its list by then, to be freed after a
 * grace period. Where another path frees the same object at once after the same removal, a test
 * between the two tells states of it apart, and one of them may be that no reader is there.
 *
 * @param all one entry for each object and each call that may be reached with it
 */
record LeftToLater(List<Left> all) {
  /** An object, how it was removed, and the call that leaves it to later. */
  private record Left(String object, Unlinked unlinked, Instruction.Call call, Related line) {}

  static LeftToLater of(
      Program program,
      FunctionRef function,
      Contexts.Body body,
      Solution<SortedMap<String, Unlinked>> removals) {
    List<Left> all = new ArrayList<>();
    removals.forEach(
        (block, instruction, before) -> {
          if (instruction instanceof Instruction.Call call) {
            before.forEach(
                (object, unlinked) -> {
                  if (leaves(program, function, body.typing(), call, object)) {
                    all.add(new Left(object, unlinked, call, line(function, call)));
                  }
                });
          }
        });
    return new LeftToLater(List.copyOf(all));
  }

  /** The first such call, other than the one that frees, which the same removal may lead to. */
  Optional<Related> of(String object, Unlinked unlinked, Instruction.Call free) {
    return all.stream()
        .filter(l -> !l.call().equals(free))
        .filter(l -> l.object().equals(object))
        .filter(l -> l.unlinked().position().equals(unlinked.position()))
        .map(Left::line)
        .findFirst();
  }

  /** Whether the function that the call frees by leaves the same object to later, too. */
  static Optional<Related> byCallee(
      Program program, FunctionRef function, Typing typing, Instruction.Call call, String object) {
    return program
        .resolve(call.name(), function.file())
        .filter(f -> leaves(program, f, passed(program, f, typing, call, object)))
        .map(
            f ->
                new Related(
                    Location.of(function.file(), call.position()),
                    "latent only: on another of its paths "
                        + call.name()
                        + "() leaves the free to after a grace period"));
  }

  /** The callee's parameters that get the object. */
  private static List<String> passed(
      Program program, FunctionRef callee, Typing typing, Instruction.Call call, String object) {
    List<Variable> parameters = Contexts.of(program).body(callee).function().parameters();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parameters.size() && i < call.arguments().size(); i++) {
      if (typing.canonical(call.arguments().get(i)) instanceof Value.Load load
          && load.path().toString().equals(object)) {
        names.add(parameters.get(i).name());
      }
    }
    return names;
  }

  private static boolean leaves(Program program, FunctionRef function, List<String> parameters) {
    Contexts.Body body = Contexts.of(program).body(function);
    return Calls.of(body.function()).stream()
        .anyMatch(
            c -> parameters.stream().anyMatch(p -> leaves(program, function, body.typing(), c, p)));
  }

  /** Whether the call leaves the object to be freed later, itself or in the function it calls. */
  static boolean leaves(
      Program program, FunctionRef function, Typing typing, Instruction.Call call, String object) {
    return DeferredFree.defers(program, typing, call, object)
        || (call.arguments().stream().anyMatch(a -> isOf(typing.canonical(a), object))
            && program
                .resolve(call.name(), function.file())
                .filter(f -> OneWayDoubts.defers(program, f))
                .isPresent());
  }

  /** The object itself, or a member that RCU or a work item is told of. */
  private static boolean isOf(Value argument, String object) {
    return argument instanceof Value.Load load
        ? load.path().toString().equals(object)
        : argument instanceof Value.AddressOf address
            && address.path().holder().toString().equals(object);
  }

  static Related line(FunctionRef function, Instruction.Call call) {
    return new Related(
        Location.of(function.file(), call.position()),
        "latent only: on another path after the same removal "
            + call.name()
            + "() leaves the free to after a grace period, so that two states of the object are"
            + " told apart");
  }
}
