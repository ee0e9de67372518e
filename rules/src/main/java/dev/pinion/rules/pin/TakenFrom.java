// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.ConstantPropagation;
import dev.pinion.analyzer.dataflow.ConstantValues;
import dev.pinion.analyzer.dataflow.Interest;
import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.MacroArguments;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a reference that was taken tells of the values it was taken by: what the counter was found
 * through is no NULL and no error, and a look-up that gives nothing for nothing was given
 * something. Only values count that are tested.
 */
record TakenFrom(Program program, FunctionRef function, LeakSite site, Interest interest) {
  /** What the path knows then. */
  PathFacts learn(PathFacts before) {
    return site.kind() == LeakSite.Kind.COUNTED
        ? pointers(site.call().arguments().get(site.argument()), before)
        : arguments(before);
  }

  private PathFacts pointers(Value value, PathFacts before) {
    AccessPath path =
        value instanceof Value.Load load ? load.path() : ((Value.AddressOf) value).path();
    PathFacts facts = before;
    while (!path.isVariable()) {
      boolean followed = path.steps().get(path.steps().size() - 1) instanceof Step.Arrow;
      AccessPath pointer = path.parent();
      if (followed && interest.decides(pointer.toString())) {
        facts = with(facts.value(new Value.Load(pointer)), Known.PRESENT, facts);
      }
      path = pointer;
    }
    return facts;
  }

  private PathFacts arguments(PathFacts before) {
    PathFacts facts = before;
    for (int i = 0; i < site.call().arguments().size(); i++) {
      Value argument = site.call().arguments().get(i);
      if (argument instanceof Value.Load
          && interest.decides(argument.toString())
          && givesNothingForNothing(i)) {
        facts = with(facts.value(argument), Known.NON_ZERO, facts);
      }
    }
    return facts;
  }

  /** Who knows better has missed an assignment, as in a loop macro that is not known. */
  private static PathFacts with(String value, Known fact, PathFacts before) {
    return before.known(value).and(fact).map(k -> before.with(value, k)).orElse(before);
  }

  private boolean givesNothingForNothing(int argument) {
    return program
        .resolve(site.call().name(), function.file())
        .filter(callee -> givesNothingForNothing(callee, argument))
        .isPresent();
  }

  private boolean givesNothingForNothing(FunctionRef callee, int argument) {
    return program.memo(
        List.of("TakenFrom.givesNothingForNothing", callee, argument),
        () -> {
          Function body = program.ir(callee);
          return argument < body.parameters().size()
              && body.parameters().get(argument).type().isPointer()
              && givesNothing(
                  body,
                  body.parameters().get(argument).name(),
                  MacroArguments.mayAssign(program, callee.file()));
        });
  }

  /** Whether all it returns is NULL if that parameter is. */
  private static boolean givesNothing(
      Function body, String parameter, Predicate<String> mayAssign) {
    Solution<ConstantValues> solution =
        ConstantPropagation.of(body, Map.of(parameter, Known.ZERO), mayAssign);
    boolean returns = false;
    for (BasicBlock block : body.cfg().blocks()) {
      Optional<ConstantValues> end = solution.exit(block.id()).filter(ConstantValues::isReachable);
      if (end.isPresent() && block.terminator() instanceof Terminator.Return leave) {
        returns = true;
        if (leave.value().filter(v -> end.get().of(v).isZero()).isEmpty()) {
          return false;
        }
      }
    }
    return returns && solution.complete();
  }
}
