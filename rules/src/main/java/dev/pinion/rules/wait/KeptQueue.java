// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether the address of a queue is kept or returned, so that it may be woken under another name.
 * Facts do not say so: the bodies of the files that use the queue are read, for few queues.
 */
final class KeptQueue {
  private KeptQueue() {}

  /**
   * Where it is kept first, as the doubt of a story; empty if no file that uses it does so. Of one
   * whose name is not such as queues have, facts do not say to whom it is given.
   */
  static Optional<Related> in(FieldRef queue, Program program) {
    SortedSet<String> files = new TreeSet<>();
    WaitQueues.of(program).of(queue).forEach(u -> files.add(u.function().file()));
    if (!FactExtractor.mayBeQueue(queue.field())) {
      return WaitQueues.of(program).of(queue).stream()
          .findFirst()
          .map(
              use ->
                  new Related(
                      use.location(), "latent only: to whom its address is given is not known"));
    }
    return files.stream()
        .flatMap(f -> program.functionsIn(f).stream())
        .flatMap(f -> in(queue, f, program).stream())
        .findFirst()
        .map(
            where ->
                new Related(
                    where, "latent only: its address is kept, and it may be woken by way of that"));
  }

  private static Optional<Location> in(FieldRef queue, FunctionRef function, Program program) {
    Contexts.Body body = Contexts.of(program).body(function);
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && !assign.target().isVariable()
            && isQueue(assign.value(), queue, function, body, program)) {
          return at(function, assign.position());
        }
      }
      if (block.terminator() instanceof Terminator.Return end
          && end.value().isPresent()
          && isQueue(end.value().get(), queue, function, body, program)) {
        return at(function, end.position());
      }
    }
    return Optional.empty();
  }

  private static Optional<Location> at(FunctionRef function, Position position) {
    return Optional.of(Location.of(function.file(), position));
  }

  private static boolean isQueue(
      Value value, FieldRef queue, FunctionRef function, Contexts.Body body, Program program) {
    if (!(body.typing().canonical(value) instanceof Value.AddressOf address)) {
      return false;
    }
    return Awaited.field(program, function, body, address.path()).filter(queue::equals).isPresent();
  }
}
