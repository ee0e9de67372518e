// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Optional;

/** Which counter of an object a call works on: objects may have several. */
final class Counting {
  private static final int MAX_LEVELS = 3;

  private final Program program;

  Counting(Program program) {
    this.program = program;
  }

  /** The members from the object to the counter; empty if that is not seen. */
  Optional<String> counter(CountCall call, FunctionRef in) {
    String before =
        call.value() instanceof dev.pinion.analyzer.ir.Value.AddressOf address
            ? members(address.path().steps())
            : "";
    return program.model().find("object", call.call().name()).isPresent()
        ? Optional.of(before)
        : program
            .resolve(call.call().name(), in.file())
            .flatMap(f -> of(f, call.argument(), call.effect(), MAX_LEVELS))
            .map(inner -> before.isEmpty() ? inner : before + "." + inner);
  }

  private Optional<String> of(FunctionRef function, int parameter, CountEffect effect, int levels) {
    if (parameter >= program.parameters(function).size()) {
      return Optional.empty();
    }
    String name = program.parameters(function).get(parameter).name();
    for (Operation o : program.operations(function)) {
      for (int i = 0; i < o.operands().size(); i++) {
        Operand operand = o.operands().get(i);
        if (!operand.path().root().equals(name)
            || CountEffects.of(program)
                .plainEffect(o.api(), i, function.file())
                .filter(effect::equals)
                .isEmpty()) {
          continue;
        }
        String before = members(operand.path().steps());
        if (program.model().find("object", o.api()).isPresent()) {
          return Optional.of(before);
        }
        int argument = i;
        return levels == 0
            ? Optional.empty()
            : program
                .resolve(o.api(), function.file())
                .flatMap(f -> of(f, argument, effect, levels - 1))
                .map(inner -> before.isEmpty() ? inner : before + "." + inner);
      }
    }
    return Optional.empty();
  }

  private static String members(List<Step> steps) {
    String text = AccessPath.variable("").thenAll(steps).toString();
    return text.startsWith("->") ? text.substring(2) : text;
  }
}
