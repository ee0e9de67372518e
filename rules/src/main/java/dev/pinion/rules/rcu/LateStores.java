// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.SomePath;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Members of an object that are set after it was published: a barrier before the publication does
 * not order those.
 */
final class LateStores {
  private static final int MAX_LEVELS = 2;

  private final Program program;

  private LateStores(Program program) {
    this.program = program;
  }

  /** The first one, as the needs of a fix, in the function or in a caller that is known. */
  static Optional<String> after(Update insertion) {
    return new LateStores(insertion.program())
        .after(insertion.ref(), insertion.call()::equals, insertion.object(), MAX_LEVELS);
  }

  private Optional<String> after(
      FunctionRef function, Predicate<Instruction> start, AccessPath object, int levels) {
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<Boolean> published = Solver.forward(body.function().cfg(), new Since(start, object));
    List<Late> late = new ArrayList<>();
    published.forEach(
        (block, instruction, before) ->
            target(instruction)
                .filter(t -> before || start.test(instruction)) // a result is stored after the call
                .filter(t -> isInside(body.typing().canonical(t), object))
                .ifPresent(t -> late.add(new Late(t, instruction.position()))));
    if (!published.complete()) {
      return Optional.of("whether the node is complete before it is published is not known");
    }
    return late.stream()
        .min((a, b) -> a.at().compareTo(b.at()))
        .map(
            a ->
                "'%s' is set at %s:%d, after the node is published: set it before"
                    .formatted(a.target().spelled(), function.file(), a.at().line()))
        .or(() -> inCallers(function, body, object, levels));
  }

  private record Late(AccessPath target, Position at) {}

  private static Optional<AccessPath> target(Instruction instruction) {
    return instruction instanceof Instruction.Assign assign
        ? Optional.of(assign.target())
        : ((Instruction.Call) instruction).result();
  }

  private static boolean isInside(AccessPath target, AccessPath object) {
    return target.steps().size() > object.steps().size() && target.holder().equals(object);
  }

  private Optional<String> inCallers(
      FunctionRef function, Contexts.Body body, AccessPath object, int levels) {
    int parameter = object.isVariable() ? body.function().parameterIndex(object.root()) : -1;
    if (parameter < 0 || levels == 0) {
      return Optional.empty();
    }
    for (CallSites.Site site : CallSites.into(program, function).orElse(List.of())) {
      Optional<AccessPath> passed = site.passed(parameter);
      Optional<String> there =
          passed.isPresent()
              ? after(site.caller(), site.call()::equals, passed.get(), levels - 1)
              : Optional.of(
                  "whether "
                      + site.caller().name()
                      + "() sets a member after the node is published is not known");
      if (there.isPresent()) {
        return there;
      }
    }
    return Optional.empty();
  }

  /** Whether some path has passed the publication, and still names the object. */
  private record Since(Predicate<Instruction> start, AccessPath object) implements SomePath {
    @Override
    public Boolean after(Instruction instruction, Boolean before) {
      if (start.test(instruction)) {
        return true;
      }
      return before && target(instruction).filter(object::startsWith).isEmpty();
    }
  }
}
