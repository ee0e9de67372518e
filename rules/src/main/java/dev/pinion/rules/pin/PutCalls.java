// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The calls of functions that drop a reference to what a variable points to, from facts. */
final class PutCalls {
  private final Program program;

  private PutCalls(Program program) {
    this.program = program;
  }

  static PutCalls of(Program program) {
    return new PutCalls(program);
  }

  /** Whether a function drops a reference at all. */
  boolean any(FunctionRef function) {
    return program.operations(function).stream().anyMatch(o -> drops(o, function, p -> true));
  }

  /** Whether it does so to what a variable of it points to. */
  boolean anyOfVariable(FunctionRef function) {
    return program.operations(function).stream()
        .anyMatch(o -> drops(o, function, p -> p.path().origin() != TypedPath.Origin.GLOBAL));
  }

  /** The same of a variable of its own. */
  boolean anyOfLocal(FunctionRef function) {
    List<Operation> operations = program.operations(function);
    if (operations.isEmpty()) {
      return false;
    }
    Set<String> parameters = new HashSet<>();
    program.facts(function).parameters().forEach(p -> parameters.add(p.name()));
    return operations.stream()
        .anyMatch(
            o ->
                drops(
                    o,
                    function,
                    p ->
                        p.path().origin() != TypedPath.Origin.GLOBAL
                            && !parameters.contains(p.path().root())));
  }

  /** The names by which it does so. */
  Set<String> names(FunctionRef function) {
    Set<String> all = new HashSet<>();
    for (Operation o : program.operations(function)) {
      if (drops(o, function, p -> p.path().origin() != TypedPath.Origin.GLOBAL)) {
        all.add(o.api());
      }
    }
    return all;
  }

  private boolean drops(Operation operation, FunctionRef function, Predicate<Operand> isMeant) {
    for (int i = 0; i < operation.operands().size(); i++) {
      Operand operand = operation.operands().get(i);
      boolean isObject =
          operand.form() == Operand.Form.LOAD || operand.form() == Operand.Form.ADDRESS;
      if (isObject
          && isMeant.test(operand)
          && CountEffects.of(program)
              .plainEffect(operation.api(), i, function.file())
              .filter(e -> e == CountEffect.PUT)
              .isPresent()) {
        return true;
      }
    }
    return false;
  }
}
