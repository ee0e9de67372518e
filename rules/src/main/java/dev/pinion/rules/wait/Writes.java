// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which instructions of a function write certain members. */
record Writes(Program program, FunctionRef function, Contexts.Body body, Set<FieldRef> fields) {

  static Writes in(Program program, FunctionRef function, Set<FieldRef> fields) {
    return new Writes(program, function, Contexts.of(program).body(function), fields);
  }

  /** Whether an instruction of the function may write one of them. */
  static boolean anywhere(Program program, FunctionRef function, Set<FieldRef> fields) {
    Writes writes = in(program, function, fields);
    return writes.body().function().cfg().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .anyMatch(writes::maybe);
  }

  /** The same for the function and what it calls by name, so many levels down. */
  static boolean within(Program program, FunctionRef function, Set<FieldRef> fields, int levels) {
    return program.memo(
        List.of("Writes.within", function, fields, levels),
        () ->
            anywhere(program, function, fields)
                || (levels > 0
                    && program.callees(function).stream()
                        .flatMap(c -> program.resolve(c, function.file()).stream())
                        .anyMatch(c -> within(program, c, fields, levels - 1))));
  }

  /** Whether it assigns one, or gives the address of one to somebody who may. */
  boolean maybe(Instruction instruction) {
    if (instruction instanceof Instruction.Assign assign) {
      return Awaited.field(program, function, body, assign.target())
          .filter(fields::contains)
          .isPresent();
    }
    Instruction.Call call = (Instruction.Call) instruction;
    return call.arguments().stream().anyMatch(this::isAddress);
  }

  /** Whether it counts one of them up. */
  boolean increments(Instruction instruction) {
    if (instruction instanceof Instruction.Assign assign) {
      return assign.value() instanceof Value.Compound sum
          && sum.operator().equals("+")
          && maybe(instruction);
    }
    Instruction.Call call = (Instruction.Call) instruction;
    Optional<Api> counts =
        program
            .model()
            .find("counter", call.name())
            .or(() -> program.model().find("object", call.name()))
            .filter(a -> a.operation().equals("get") || a.operation().equals("try-get"));
    return counts.isPresent()
        && counts.get().argument("arg") >= 0
        && counts.get().argument("arg") < call.arguments().size()
        && isAddress(call.arguments().get(counts.get().argument("arg")));
  }

  private boolean isAddress(Value value) {
    return body.typing().canonical(value) instanceof Value.AddressOf address
        && Awaited.field(program, function, body, address.path())
            .filter(fields::contains)
            .isPresent();
  }
}
