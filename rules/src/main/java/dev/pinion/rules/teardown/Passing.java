// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.dataflow.ConstantPropagation;
import dev.pinion.analyzer.dataflow.ConstantValues;
import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.MacroArguments;
import dev.pinion.analyzer.link.Program;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A function as a caller enters it: with what is known of the arguments.
 *
 * @param arguments what is known, by the parameter's index
 */
record Passing(FunctionRef function, Map<Integer, Known> arguments) {
  Passing {
    arguments = Map.copyOf(arguments);
  }

  /** Entered with anything. */
  static Passing anything(FunctionRef function) {
    return new Passing(function, Map.of());
  }

  /** Whether a call of the function may be made then. */
  boolean mayCall(Instruction.Call wanted, Program program) {
    Optional<Map<Instruction.Call, ConstantValues>> calls = calls(program);
    return calls.isEmpty() || calls.get().containsKey(wanted);
  }

  /** What is known of the parameters, in words; empty if nothing is. */
  String told(Program program) {
    List<Variable> parameters = Contexts.of(program).body(function).function().parameters();
    return new TreeMap<>(arguments)
        .entrySet().stream()
            .map(e -> "'" + parameters.get(e.getKey()).name() + "' is " + told(e.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String told(Known known) {
    return known.equal().isPresent() ? Long.toString(known.equal().getAsLong()) : "not 0";
  }

  /** How a step goes down from here: once for each set of arguments; none if it is not taken. */
  Set<Passing> down(Descent.Step step, Program program) {
    List<Instruction.Call> by = new Retrace(program).calls(step);
    Optional<Map<Instruction.Call, ConstantValues>> calls = calls(program);
    if (calls.isEmpty() || by.isEmpty()) {
      return Set.of(anything(step.to()));
    }
    Set<Passing> all = new LinkedHashSet<>();
    for (Instruction.Call call : by) {
      ConstantValues here = calls.get().get(call);
      if (here != null) {
        all.add(
            step.way() instanceof Descent.Way.Release
                ? anything(step.to())
                : passed(step.to(), call, here, program));
      }
    }
    return all;
  }

  /** How a call from here enters a function; not at all if it is not made. */
  Optional<Passing> by(Instruction.Call call, FunctionRef callee, Program program) {
    Optional<Map<Instruction.Call, ConstantValues>> calls = calls(program);
    if (calls.isEmpty()) {
      return Optional.of(anything(callee));
    }
    return Optional.ofNullable(calls.get().get(call))
        .map(here -> passed(callee, call, here, program));
  }

  private static Passing passed(
      FunctionRef callee, Instruction.Call call, ConstantValues here, Program program) {
    List<Variable> parameters = Contexts.of(program).body(callee).function().parameters();
    Map<Integer, Known> known = new HashMap<>();
    for (int i = 0; i < Math.min(parameters.size(), call.arguments().size()); i++) {
      Known argument = ConstantValues.as(parameters.get(i).type(), here.of(value(call, i)));
      if (!argument.equals(Known.NOTHING)) {
        known.put(i, argument);
      }
    }
    return new Passing(callee, known);
  }

  private static Value value(Instruction.Call call, int argument) {
    return call.arguments().get(argument);
  }

  /** The calls that may be made, each with what is known there; empty if that is not known. */
  private Optional<Map<Instruction.Call, ConstantValues>> calls(Program program) {
    return program.memo(List.of("Passing.calls", this), () -> find(program));
  }

  private Optional<Map<Instruction.Call, ConstantValues>> find(Program program) {
    Function body = Contexts.of(program).body(function).function();
    Map<String, Known> entry = new HashMap<>();
    arguments.forEach((i, known) -> entry.put(body.parameters().get(i).name(), known));
    Solution<ConstantValues> solution =
        ConstantPropagation.of(body, entry, MacroArguments.mayAssign(program, function.file()));
    if (!solution.complete()) {
      return Optional.empty();
    }
    Map<Instruction.Call, ConstantValues> all = new LinkedHashMap<>();
    solution.forEach(
        (block, instruction, before) -> {
          if (before.isReachable() && instruction instanceof Instruction.Call call) {
            all.merge(call, before, ConstantValues::meet);
          }
        });
    return Optional.of(all);
  }
}
