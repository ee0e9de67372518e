// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How nodes came onto a local list: a plain move or splice takes them off another list and says
 * nothing of the readers who are on them. {@code list_splice_init_rcu()} waits for those, and a
 * list that no reader walks has none.
 */
final class MovedHere {
  private static final int MAX_LEVELS = 2;

  private final Program program;
  private final FieldRef field;

  private MovedHere(Program program, FieldRef field) {
    this.program = program;
    this.field = field;
  }

  /**
   * A call that fills a list.
   *
   * @param api the primitive's name
   */
  record Move(String api, Location location) {}

  /** The first plain move, from a list with readers, onto the local list a node was met on. */
  static Optional<Move> onto(Update update, NodeOrigin origin) {
    return new MovedHere(update.program(), update.field())
        .onto(origin.function(), origin.head(), MAX_LEVELS);
  }

  private Optional<Move> onto(FunctionRef function, Value head, int levels) {
    Contexts.Body body = Contexts.of(program).body(function);
    for (Instruction.Call call : Calls.of(body.function())) {
      Optional<Api> move =
          program
              .model()
              .find("list", call.name())
              .filter(a -> a.does("list", "move", "splice") && !a.is("rcu"));
      boolean here =
          move.flatMap(a -> argument(call, target(a)))
              .map(v -> body.typing().canonical(v))
              .filter(head::equals)
              .isPresent();
      if (here && hasReaders(function, call, move.orElseThrow())) {
        return Optional.of(new Move(call.name(), Location.of(function.file(), call.position())));
      }
    }
    return inCallers(function, body, head, levels);
  }

  private Optional<Move> inCallers(
      FunctionRef function, Contexts.Body body, Value head, int levels) {
    int parameter =
        head instanceof Value.Load load && load.path().isVariable()
            ? body.function().parameterIndex(load.path().root())
            : -1;
    if (parameter < 0 || levels == 0) {
      return Optional.empty();
    }
    return CallSites.into(program, function).orElse(List.of()).stream()
        .flatMap(
            s ->
                s.argument(parameter).stream()
                    .flatMap(a -> onto(s.caller(), a, levels - 1).stream()))
        .findFirst();
  }

  /** Whether readers may walk the list that is spliced; of a single node that is not known. */
  private boolean hasReaders(FunctionRef function, Instruction.Call call, Api api) {
    return !api.operation().equals("splice")
        || argument(call, api.argument("head"))
            .flatMap(v -> Heads.of(program).names(function, v))
            .filter(
                names ->
                    RcuLists.of(program)
                        .publishedHeads(field)
                        .filter(p -> Collections.disjoint(p, names))
                        .isPresent())
            .isEmpty();
  }

  private static int target(Api api) {
    return api.argument(api.operation().equals("splice") ? "to" : "head");
  }

  private static Optional<Value> argument(Instruction.Call call, int index) {
    return index >= 0 && index < call.arguments().size()
        ? Optional.of(call.arguments().get(index))
        : Optional.empty();
  }
}
