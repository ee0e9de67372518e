// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;

/** Comparisons that cannot hold because what has no sign is never below zero. */
record Unsigned(Program program, FunctionRef function, Typing typing) {
  /** {@code 0 > n}, {@code n < 0}. */
  boolean excludes(Condition condition, PathFacts facts) {
    return switch (condition.operator()) {
      case GT -> isZero(condition.left(), facts) && is(condition.right());
      case LT -> isZero(condition.right(), facts) && is(condition.left());
      default -> false;
    };
  }

  private static boolean isZero(Value value, PathFacts facts) {
    return facts.known(facts.value(value)).isZero();
  }

  private boolean is(Value value) {
    return value instanceof Value.Load load
        && program
            .types()
            .resolve(typing.typed(load.path()), function.file())
            .flatMap(p -> program.types().expand(p.type(), p.file()))
            .filter(p -> isUnsigned(p.type()))
            .isPresent();
  }

  private static boolean isUnsigned(CType type) {
    return type.kind() == CType.Kind.PRIMITIVE
        && !type.isPointer()
        && type.arrays() == 0
        && type.name().startsWith("unsigned");
  }
}
