// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The parameters of a function that sets a pointer for which some caller passes what the pointer
 * has: {@code old = p->x; unset(p, old);}.
 */
final class PassedObjects {
  private PassedObjects() {}

  /** Their names. */
  static List<String> of(Program program, FunctionRef function, PointerEffects.Setting setting) {
    List<Variable> parameters = program.parameters(function);
    Optional<CType> type = type(program, function, setting.place());
    List<Integer> may =
        IntStream.range(0, parameters.size())
            .filter(i -> type.filter(parameters.get(i).type()::equals).isPresent())
            .filter(i -> !parameters.get(i).name().equals(setting.place().root()))
            .boxed()
            .toList();
    if (may.isEmpty()) {
      return List.of();
    }
    List<CallSites.Site> sites = CallSites.into(program, function).orElse(List.of());
    return may.stream()
        .filter(i -> sites.stream().anyMatch(s -> passes(s, i, parameters, setting.place())))
        .map(i -> parameters.get(i).name())
        .toList();
  }

  private static Optional<CType> type(Program program, FunctionRef function, AccessPath place) {
    Typing typing = Contexts.of(program).body(function).typing();
    return program
        .types()
        .resolve(typing.typed(place), function.file())
        .map(Types.Place::type)
        .filter(t -> t.isAggregate() && t.isPointer());
  }

  private static boolean passes(
      CallSites.Site site, int object, List<Variable> parameters, AccessPath place) {
    List<String> names = parameters.stream().map(Variable::name).toList();
    int root = names.indexOf(place.root());
    Optional<AccessPath> there =
        root < 0
            ? Optional.of(place)
            : site.argument(root).flatMap(a -> site.body().typing().inside(a, place.steps()));
    return there.isPresent()
        && site.argument(object).equals(Optional.of(new Value.Load(there.get())));
  }
}
