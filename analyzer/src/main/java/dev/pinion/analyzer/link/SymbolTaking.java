// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A place where a symbol is taken.
 *
 * @param function where
 * @param call the call of the wrapper
 * @param wrapper through what
 * @param symbol which; empty if it is known at run time only
 */
public record SymbolTaking(
    FunctionRef function, Instruction.Call call, SymbolWrapper wrapper, Optional<String> symbol) {

  public Location location() {
    return Location.of(function.file(), call.position());
  }

  /** The functions of the program that take symbols, in path order. */
  public static SortedSet<FunctionRef> takers(Program program) {
    SymbolWrappers wrappers = SymbolWrappers.of(program);
    SortedSet<FunctionRef> takers = new TreeSet<>();
    for (String name : wrappers.names()) {
      for (FunctionRef caller : program.functionsCalling(name)) {
        if (wrappers.find(name, caller.file()).filter(SymbolWrapper::takes).isPresent()) {
          takers.add(caller);
        }
      }
    }
    return takers;
  }

  /** The takings of a function, in block order. */
  public static List<SymbolTaking> in(FunctionRef ref, Program program) {
    return program.memo(List.of(SymbolTaking.class, ref), () -> collect(ref, program));
  }

  private static List<SymbolTaking> collect(FunctionRef ref, Program program) {
    Function function = program.ir(ref);
    Typing typing = new Typing(function, program.model());
    SymbolWrappers wrappers = SymbolWrappers.of(program);
    List<SymbolTaking> all = new ArrayList<>();
    for (Instruction.Call call : Calls.of(function)) {
      Optional<SymbolWrapper> wrapper = wrappers.find(call.name(), ref.file());
      if (wrapper.filter(SymbolWrapper::takes).isPresent()) {
        Optional<String> symbol = symbol(call, wrapper.get(), typing);
        if (symbol.isPresent() || !isParameter(call, wrapper.get(), function, typing)) {
          all.add(new SymbolTaking(ref, call, wrapper.get(), symbol));
        }
      }
    }
    return List.copyOf(all);
  }

  /** The body of a wrapper function is no taking: its callers' calls are. */
  private static boolean isParameter(
      Instruction.Call call, SymbolWrapper wrapper, Function function, Typing typing) {
    return wrapper.argument() < call.arguments().size()
        && call.arguments().get(wrapper.argument()) instanceof Value.Load load
        && typing.canonical(load.path()).isVariable()
        && function.parameterIndex(typing.canonical(load.path()).root()) >= 0;
  }

  /** Which symbol the call names; empty if only the running kernel knows. */
  public static Optional<String> symbol(
      Instruction.Call call, SymbolWrapper wrapper, Typing typing) {
    if (wrapper.argument() >= call.arguments().size()) {
      return Optional.empty();
    }
    Value value = call.arguments().get(wrapper.argument());
    return switch (wrapper.by()) {
      case STRING -> value instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
      case NAME, ADDRESS -> name(value, typing);
    };
  }

  private static Optional<String> name(Value value, Typing typing) {
    if (value instanceof Value.Load load
        && load.path().isVariable()
        && !typing.declares(load.path().root())) {
      return Optional.of(load.path().root());
    }
    if (value instanceof Value.AddressOf address
        && address.path().isVariable()
        && !typing.declares(address.path().root())) {
      return Optional.of(address.path().root());
    }
    return Optional.empty();
  }
}
