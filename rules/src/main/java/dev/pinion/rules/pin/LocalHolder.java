// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Objects on the stack: what is kept in them is gone when the function that has them returns. */
final class LocalHolder {
  private static final int MAX_LEVELS = 3;

  private LocalHolder() {}

  /** The lines that show that all callers pass a variable of their own, or of their callers. */
  static Optional<List<Related>> ofCallers(Program program, FunctionRef function, String root) {
    int parameter = program.ir(function).parameterIndex(root);
    List<Related> proof = new ArrayList<>();
    return parameter >= 0 && arePassed(program, function, parameter, MAX_LEVELS, proof)
        ? Optional.of(proof)
        : Optional.empty();
  }

  private static boolean arePassed(
      Program program, FunctionRef function, int parameter, int levels, List<Related> proof) {
    Optional<List<CallSites.Site>> sites = CallSites.into(program, function);
    if (levels == 0 || sites.isEmpty() || sites.get().isEmpty()) {
      return false;
    }
    for (CallSites.Site site : sites.get()) {
      Value argument = site.argument(parameter).orElse(Value.ZERO);
      if (local(argument, site.body().function()).isPresent()) {
        proof.add(line(site.caller(), site.call().position(), argument));
        continue;
      }
      int above =
          argument instanceof Value.Load load && load.path().isVariable()
              ? site.body().function().parameterIndex(load.path().root())
              : -1;
      if (above < 0 || !arePassed(program, site.caller(), above, levels - 1, proof)) {
        return false;
      }
    }
    return true;
  }

  private static Related line(FunctionRef function, Position position, Value address) {
    return new Related(
        Location.of(function.file(), position),
        "'" + Shown.value(address) + "' is a local variable of " + function.name() + "()");
  }

  /** The line where the function makes a pointer of its own point to a variable of its own. */
  static Optional<Related> ofItself(Program program, FunctionRef function, String pointer) {
    Function body = program.ir(function);
    for (BasicBlock block : body.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && assign.target().isVariable()
            && assign.target().root().equals(pointer)
            && local(assign.value(), body).isPresent()) {
          return Optional.of(line(function, assign.position(), assign.value()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Variable> local(Value value, Function body) {
    return value instanceof Value.AddressOf address
            && address.path().steps().stream()
                .noneMatch(s -> s instanceof Step.Arrow || s instanceof Step.Deref)
        ? body.variable(address.path().root()).filter(v -> v.kind() == Variable.Kind.LOCAL)
        : Optional.empty();
  }
}
