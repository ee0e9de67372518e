// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolTaking;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.link.SymbolWrapper.By;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import dev.pinion.analyzer.link.SymbolWrappers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Functions that take or drop a pin on behalf of their callers: getters return the symbol they
 * took, releasers put by an address that they find in an object they are given, keepers store an
 * argument.
 */
final class Helpers {
  /** How far up a release is followed. */
  private static final int MAX_LEVELS = 3;

  private final Program program;

  /** What one function is. */
  private record Own(Optional<String> getter, Optional<Integer> releaser) {}

  private Helpers(Program program) {
    this.program = program;
  }

  /** Whether the function calls something that takes or puts symbols, or may be one that does. */
  boolean callsWrapper(FunctionRef function) {
    SymbolWrappers wrappers = SymbolWrappers.of(program);
    return program.facts(function).callees().stream().anyMatch(wrappers::isName);
  }

  private Own own(FunctionRef user) {
    return program.memo(
        List.of("Helpers.own", user),
        () -> {
          SymbolWrappers wrappers = SymbolWrappers.of(program);
          Function function = program.ir(user);
          Typing typing = new Typing(function, program.model());
          return new Own(
              getter(function, typing, user, wrappers), releaser(function, typing, user, wrappers));
        });
  }

  /**
   * The parameter whose object's pins a function drops; a function that hands its parameter, or
   * what hangs from it, to a releaser is one too.
   */
  private Optional<Integer> releaser(FunctionRef function, int levels) {
    return program.memo(
        List.of("Helpers.releaser", function, levels),
        () -> {
          if (levels == 0) {
            return callsWrapper(function) ? own(function).releaser() : Optional.<Integer>empty();
          }
          Optional<Integer> known = releaser(function, levels - 1);
          return known.isPresent() ? known : handsOn(function, levels - 1);
        });
  }

  private Optional<Integer> handsOn(FunctionRef caller, int levels) {
    boolean calls =
        program.facts(caller).callees().stream()
            .flatMap(c -> program.resolve(c, caller.file()).stream())
            .anyMatch(c -> releaser(c, levels).isPresent());
    if (!calls) {
      return Optional.empty();
    }
    Function function = program.ir(caller);
    Typing typing = new Typing(function, program.model());
    for (Instruction.Call call : Calls.of(function)) {
      Optional<Integer> argument =
          call.name().isEmpty()
              ? Optional.empty()
              : program.resolve(call.name(), caller.file()).flatMap(c -> releaser(c, levels));
      if (argument.isPresent() && argument.get() < call.arguments().size()) {
        Optional<Integer> parameter =
            root(call.arguments().get(argument.get()), typing)
                .map(function::parameterIndex)
                .filter(p -> p >= 0);
        if (parameter.isPresent()) {
          return parameter;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> root(Value value, Typing typing) {
    Value canonical = typing.canonical(value);
    if (canonical instanceof Value.Load load) {
      return Optional.of(load.path().root());
    }
    return canonical instanceof Value.AddressOf address
        ? Optional.of(address.path().root())
        : Optional.empty();
  }

  /**
   * Where a call of {@code name} in {@code file} stores its argument so that it outlives the call;
   * empty if the function's own body does not.
   */
  Optional<Location> keeper(String name, String file, int argument) {
    Optional<FunctionRef> callee = name.isEmpty() ? Optional.empty() : program.resolve(name, file);
    return callee.flatMap(
        c ->
            program.memo(
                List.of(Helpers.class, "keeper", c, argument), () -> findKeeper(c, argument)));
  }

  private Optional<Location> findKeeper(FunctionRef callee, int argument) {
    Function function = program.ir(callee);
    if (argument >= function.parameters().size()) {
      return Optional.empty();
    }
    Value parameter = Value.load(function.parameters().get(argument).name());
    Typing typing = new Typing(function, program.model());
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && typing.canonical(assign.value()).equals(parameter)
            && assign.target().steps().stream().anyMatch(s -> s instanceof Step.Arrow)) {
          return Optional.of(Location.of(callee.file(), assign.position()));
        }
      }
    }
    return Optional.empty();
  }

  static Helpers of(Program program) {
    return program.memo(Helpers.class, () -> new Helpers(program));
  }

  /** The symbol that a call of {@code name} in {@code file} takes and returns. */
  Optional<String> getter(String name, String file) {
    return name.isEmpty() ? Optional.empty() : program.resolve(name, file).flatMap(this::getter);
  }

  private Optional<String> getter(FunctionRef function) {
    return callsWrapper(function) ? own(function).getter() : Optional.empty();
  }

  /** Whether the function returns the symbol it takes. */
  boolean isGetter(FunctionRef function) {
    return getter(function).isPresent();
  }

  /** The parameter whose object's pins a call of {@code name} in {@code file} drops. */
  OptionalInt releaser(String name, String file) {
    Optional<Integer> parameter =
        name.isEmpty()
            ? Optional.empty()
            : program.resolve(name, file).flatMap(f -> releaser(f, MAX_LEVELS));
    return parameter.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  private static Optional<String> getter(
      Function function, Typing typing, FunctionRef ref, SymbolWrappers wrappers) {
    for (BasicBlock block : function.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return leave
          && leave.value().isPresent()
          && leave.value().get() instanceof Value.Load load) {
        AccessPath path = typing.canonical(load.path());
        Optional<Instruction> definition =
            path.isVariable() ? typing.definition(path.root()) : Optional.empty();
        if (definition.isPresent() && definition.get() instanceof Instruction.Call call) {
          Optional<SymbolWrapper> wrapper = wrappers.find(call.name(), ref.file());
          if (wrapper.isPresent() && wrapper.get().effect() == Effect.GET) {
            return SymbolTaking.symbol(call, wrapper.get(), typing);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> releaser(
      Function function, Typing typing, FunctionRef ref, SymbolWrappers wrappers) {
    for (Instruction.Call call : Calls.of(function)) {
      Optional<SymbolWrapper> wrapper = wrappers.find(call.name(), ref.file());
      if (wrapper.isPresent()
          && wrapper.get().effect() == Effect.PUT
          && wrapper.get().by() == By.ADDRESS
          && wrapper.get().argument() < call.arguments().size()
          && call.arguments().get(wrapper.get().argument()) instanceof Value.Load load) {
        AccessPath path = typing.canonical(load.path());
        int parameter = function.parameterIndex(path.root());
        if (parameter >= 0 && !path.isVariable()) {
          return Optional.of(parameter);
        }
      }
    }
    return Optional.empty();
  }
}
