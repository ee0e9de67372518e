// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Callbacks;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a wait is for.
 *
 * @param callback the function that has to end; the only one with which such objects are set up
 * @param object what it is set up for, as the function that waits names it, {@code &pump->work}
 */
record Awaited(Program program, FunctionRef callback, Optional<String> object) {
  /** The functions that wait for callbacks. */
  static List<FunctionRef> waiting(Program program) {
    List<String> waits = new ArrayList<>();
    for (Api api : program.model().family("drain")) {
      if (api.operation().equals("waits")) {
        waits.add(api.name());
      }
    }
    return Operations.calling(program, waits);
  }

  /**
   * What a call would wait for; empty if that is not known, or is one of several.
   *
   * @param wait the name of a wait, by which the call goes or is to go
   */
  static Optional<Awaited> by(Site site, Instruction.Call call, String wait) {
    Optional<Api> row = Callbacks.wait(site.program(), wait);
    int at = row.map(r -> r.argument("at")).orElse(-1);
    if (row.isEmpty() || at < 0 || at >= call.arguments().size()) {
      return Optional.empty();
    }
    Value value = site.canonical(call.arguments().get(at));
    Operand operand = Contexts.of(site.program()).body(site.function()).typing().operand(value);
    List<FunctionRef> callbacks =
        Callbacks.of(site.program())
            .of(operand, row.get().texts().getOrDefault("as", ""), site.function().file())
            .starts()
            .stream()
            .map(Callbacks.Start::callback)
            .distinct()
            .toList();
    return callbacks.size() == 1
        ? Optional.of(new Awaited(site.program(), callbacks.get(0), spelled(value)))
        : Optional.empty();
  }

  private static Optional<String> spelled(Value value) {
    return value instanceof Value.AddressOf address
        ? Optional.of("&" + address.path().spelled())
        : Optional.empty();
  }

  /** Who below the callback surely takes that very lock, in a few words; empty if nobody. */
  Optional<String> taker(String identity, Optional<AccessPath> place) {
    return new TakenBelow(program, callback, object)
        .locks()
        .filter(l -> l.is(identity, place))
        .findFirst()
        .map(l -> "which " + l.taker().name() + "() takes");
  }
}
