// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WalkMacros;
import java.util.List;
import java.util.Optional;

/**
 * Calls that give what an RCU pointer has: the primitives, macros of headers around one, and
 * functions that return what they have fetched.
 */
final class PointerGetters {
  private final Program program;

  private PointerGetters(Program program) {
    this.program = program;
  }

  static PointerGetters of(Program program) {
    return program.memo(PointerGetters.class, () -> new PointerGetters(program));
  }

  /** The argument of which a call of that name gives the content; -1 if it is no such call. */
  int fetched(String name, String file) {
    Optional<Integer> primitive = argument(name);
    return name.isEmpty()
        ? -1
        : primitive.orElseGet(
            () -> WalkMacros.of(program).passedOn(name, file, n -> argument(n).orElse(-1)));
  }

  private Optional<Integer> argument(String name) {
    return program
        .model()
        .find("rcu", name)
        .filter(a -> a.operation().equals("fetch"))
        .map(a -> a.argument("arg"));
  }

  /** The place, in the caller's names, whose content a function returns that is called there. */
  Optional<AccessPath> place(FunctionRef caller, Typing typing, Instruction.Call call) {
    if (call.name().isEmpty() || call.kind() != Instruction.CallKind.ORDINARY) {
      return Optional.empty();
    }
    return program
        .resolve(call.name(), caller.file())
        .flatMap(this::returned)
        .flatMap(p -> inCaller(p, typing, call));
  }

  private static Optional<AccessPath> inCaller(
      Returned place, Typing typing, Instruction.Call call) {
    if (place.parameter() < 0) {
      return Optional.of(place.path()).filter(p -> !typing.declares(p.root()));
    }
    return place.parameter() < call.arguments().size()
        ? typing.inside(call.arguments().get(place.parameter()), place.path().steps())
        : Optional.empty();
  }

  /**
   * What a function returns.
   *
   * @param parameter the one that the path starts from; -1 for a variable that is not its own
   */
  private record Returned(int parameter, AccessPath path) {}

  private Optional<Returned> returned(FunctionRef function) {
    return program.memo(
        List.of("PointerGetters.returned", function),
        () ->
            program.callees(function).stream().anyMatch(c -> fetched(c, function.file()) >= 0)
                ? find(function)
                : Optional.empty());
  }

  /** Of a function that returns the content of one place and of no other. */
  private Optional<Returned> find(FunctionRef function) {
    Contexts.Body body = Contexts.of(program).body(function);
    Optional<AccessPath> place = Optional.empty();
    for (BasicBlock block : body.function().cfg().blocks()) {
      if (!(block.terminator() instanceof Terminator.Return leave)) {
        continue;
      }
      Optional<Value> value = leave.value().map(body.typing()::canonical);
      if (value.filter(Value.ZERO::equals).isPresent()) {
        continue;
      }
      if (value.isEmpty()
          || !(value.get() instanceof Value.Load load)
          || place.filter(p -> !p.equals(load.path())).isPresent()) {
        return Optional.empty();
      }
      place = Optional.of(load.path());
    }
    return place.flatMap(p -> named(body, p));
  }

  private static Optional<Returned> named(Contexts.Body body, AccessPath path) {
    int parameter = body.function().parameterIndex(path.root());
    Optional<Variable> own = body.function().variable(path.root());
    boolean isPlain = parameter >= 0 ? !path.isVariable() : own.isEmpty();
    return isPlain ? Optional.of(new Returned(parameter, path)) : Optional.empty();
  }
}
