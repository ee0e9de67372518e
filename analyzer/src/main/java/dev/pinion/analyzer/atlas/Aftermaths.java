// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.FieldAnswer.Aftermath;
import dev.pinion.analyzer.atlas.FieldAnswer.AftermathKind;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Flavour;
import dev.pinion.analyzer.link.Frees;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.GracePeriods;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What follows the deletion of a node: later in the function's text, or in its callers after the
 * call. This is for people to see; rules prove orders of events on paths.
 */
final class Aftermaths {
  /** A deleter with more callers than this is a library function. */
  private static final int MAX_CALLERS = 16;

  private final Program program;
  private final Set<Flavour> flavours;

  Aftermaths(Program program, Set<Flavour> flavours) {
    this.program = program;
    this.flavours = flavours;
  }

  List<Aftermath> after(ListUses.Use deletion) {
    FunctionRef function = deletion.function();
    Contexts.Body body = Contexts.of(program).body(function);
    Position position = deletion.operation().position();
    Optional<AccessPath> node = node(deletion, body);
    List<Aftermath> all = new ArrayList<>();
    for (Instruction.Call call : Calls.of(body.function())) {
      if (isAfter(call.position(), position)) {
        grace(function, call).ifPresent(all::add);
        node.ifPresent(n -> free(function, body, call, n).ifPresent(all::add));
      }
    }
    List<FunctionRef> callers = program.callersOf(function);
    if (all.isEmpty() && callers.size() <= MAX_CALLERS) {
      callers.forEach(c -> all.addAll(inCaller(c, function)));
    }
    return all;
  }

  private static boolean isAfter(Position a, Position b) {
    return a.line() > b.line() || (a.line() == b.line() && a.column() > b.column());
  }

  private static Optional<AccessPath> node(ListUses.Use deletion, Contexts.Body body) {
    int argument = deletion.api().argument("node");
    return Calls.at(body.function(), deletion.operation().api(), deletion.operation().position())
        .filter(c -> argument >= 0 && argument < c.arguments().size())
        .map(c -> body.typing().canonical(c.arguments().get(argument)))
        .filter(Value.AddressOf.class::isInstance)
        .map(v -> ((Value.AddressOf) v).path().holder());
  }

  private List<Aftermath> inCaller(FunctionRef caller, FunctionRef deleter) {
    List<Aftermath> all = new ArrayList<>();
    List<Instruction.Call> calls = Calls.of(Contexts.of(program).body(caller).function());
    calls.stream()
        .filter(c -> c.calls(deleter.name()))
        .findFirst()
        .ifPresent(
            first ->
                calls.stream()
                    .filter(c -> isAfter(c.position(), first.position()))
                    .forEach(c -> grace(caller, c).ifPresent(all::add)));
    return all;
  }

  private Optional<Aftermath> grace(FunctionRef function, Instruction.Call call) {
    boolean defers =
        program.model().find("rcu", call.name()).filter(Aftermaths::defers).isPresent();
    if (defers) {
      return Optional.of(aftermath(AftermathKind.DEFERRED, function, call, call.name() + "()"));
    }
    return GracePeriods.of(program).waits(function, call, flavours)
        ? Optional.of(aftermath(AftermathKind.GRACE_PERIOD, function, call, call.name() + "()"))
        : Optional.empty();
  }

  private static boolean defers(Api api) {
    return api.does("rcu", "defer-free")
        || (api.does("rcu", "callback") && api.argument("head") >= 0);
  }

  private Optional<Aftermath> free(
      FunctionRef function, Contexts.Body body, Instruction.Call call, AccessPath object) {
    if (call.callee() instanceof Instruction.Callee.Indirect through) {
      return throughTable(function, body, call, through.path(), object);
    }
    return Frees.of(program)
        .byCall(function, body.typing(), call, object.toString())
        .map(
            chain ->
                aftermath(
                    AftermathKind.FREE,
                    function,
                    call,
                    chain.steps().isEmpty()
                        ? call.name() + "()"
                        : call.name() + "() → " + chain.primitive().name() + "()"));
  }

  /** The object goes to a function of an ops table, of which some implementation frees it. */
  private Optional<Aftermath> throughTable(
      FunctionRef function,
      Contexts.Body body,
      Instruction.Call call,
      AccessPath through,
      AccessPath object) {
    Optional<FieldRef> field =
        program
            .types()
            .resolve(body.typing().typed(through), function.file())
            .flatMap(Types.Place::field);
    for (int i = 0; field.isPresent() && i < call.arguments().size(); i++) {
      Value argument = body.typing().canonical(call.arguments().get(i));
      if (!(argument instanceof Value.Load load) || !load.path().equals(object)) {
        continue;
      }
      List<String> freeing = new ArrayList<>();
      for (FunctionRef implementation : OpsTables.of(program).implementations(field.get())) {
        if (frees(implementation, i)) {
          freeing.add(implementation.name() + "()");
        }
      }
      if (!freeing.isEmpty()) {
        return Optional.of(
            aftermath(
                AftermathKind.FREE,
                function,
                call,
                "->" + field.get().field() + "() → " + String.join(", ", freeing)));
      }
    }
    return Optional.empty();
  }

  private boolean frees(FunctionRef function, int parameter) {
    List<Variable> parameters = program.facts(function).parameters();
    if (parameter >= parameters.size()) {
      return false;
    }
    Contexts.Body body = Contexts.of(program).body(function);
    String name = parameters.get(parameter).name();
    return Calls.of(body.function()).stream()
        .anyMatch(c -> Frees.of(program).byCall(function, body.typing(), c, name).isPresent());
  }

  private static Aftermath aftermath(
      AftermathKind kind, FunctionRef function, Instruction.Call call, String how) {
    return new Aftermath(
        kind, new Place(Location.of(function.file(), call.position()), function.name()), how);
  }
}
