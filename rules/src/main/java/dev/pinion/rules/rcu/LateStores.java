// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
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
    List<Instruction.Assign> late = new ArrayList<>();
    published.forEach(
        (block, instruction, before) -> {
          if (before
              && instruction instanceof Instruction.Assign assign
              && isInside(body.typing().canonical(assign.target()), object)) {
            late.add(assign);
          }
        });
    if (!published.complete()) {
      return Optional.of("whether the node is complete before it is published is not known");
    }
    return late.stream()
        .min((a, b) -> a.position().compareTo(b.position()))
        .map(
            a ->
                "'%s' is set at %s:%d, after the node is published: set it before"
                    .formatted(a.target().spelled(), function.file(), a.position().line()))
        .or(() -> inCallers(function, body, object, levels));
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
      Optional<String> there =
          site.passed(parameter)
              .flatMap(p -> after(site.caller(), site.call()::equals, p, levels - 1));
      if (there.isPresent()) {
        return there;
      }
    }
    return Optional.empty();
  }

  /** Whether some path has passed the publication, and still names the object. */
  private record Since(Predicate<Instruction> start, AccessPath object)
      implements Analysis<Boolean> {
    @Override
    public Boolean entry() {
      return false;
    }

    @Override
    public Boolean join(Boolean left, Boolean right) {
      return left || right;
    }

    @Override
    public Boolean after(Instruction instruction, Boolean before) {
      if (start.test(instruction)) {
        return true;
      }
      Optional<AccessPath> target =
          instruction instanceof Instruction.Assign assign
              ? Optional.of(assign.target())
              : ((Instruction.Call) instruction).result();
      return before && target.filter(object::startsWith).isEmpty();
    }
  }
}
