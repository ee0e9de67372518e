// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * On which list a function has surely put a variable's node itself: the last of its insertions and
 * removals of that node, on all paths to an instruction, is an insertion there.
 *
 * <pre>
 *   OPEN           nothing is known
 *    |
 *   on a head      put there, and not taken off since
 * </pre>
 */
final class LastInsertion implements Analysis<Optional<LastInsertion.On>> {
  private final KernelModel model;
  private final Typing typing;
  private final String variable;
  private final String field;

  /** Put on the list with that head. */
  record On(Value head, Position position) {}

  private LastInsertion(KernelModel model, Typing typing, String variable, String field) {
    this.model = model;
    this.typing = typing;
    this.variable = variable;
    this.field = field;
  }

  /** The list that the variable's node {@code field} is on before {@code at}. */
  static Optional<NodeOrigin> before(
      KernelModel model,
      FunctionRef function,
      Contexts.Body body,
      String variable,
      String field,
      Instruction at) {
    Solution<Optional<On>> solution =
        Solver.forward(
            body.function().cfg(), new LastInsertion(model, body.typing(), variable, field));
    List<Optional<On>> here = new ArrayList<>();
    solution.forEach(
        (block, instruction, before) -> {
          if (instruction.equals(at)) {
            here.add(before);
          }
        });
    return solution.complete() && here.size() == 1
        ? here.get(0).map(o -> new NodeOrigin(function, o.position(), o.head()))
        : Optional.empty();
  }

  @Override
  public Optional<On> entry() {
    return Optional.empty();
  }

  @Override
  public Optional<On> join(Optional<On> left, Optional<On> right) {
    boolean same =
        left.isPresent() && right.isPresent() && left.get().head().equals(right.get().head());
    return same ? left : Optional.empty();
  }

  @Override
  public Optional<On> after(Instruction instruction, Optional<On> before) {
    if (!(instruction instanceof Instruction.Call call)) {
      return before;
    }
    Optional<Api> api = model.find("list", call.name());
    int node = api.map(a -> a.argument("node")).orElse(-1);
    if (node < 0 || node >= call.arguments().size() || !isOurs(call.arguments().get(node))) {
      return before;
    }
    int head = api.get().argument("head");
    if (!api.get().does("list", "insert") || head < 0 || head >= call.arguments().size()) {
      return Optional.empty();
    }
    Value list = typing.canonical(call.arguments().get(head));
    return list instanceof Value.AddressOf || list instanceof Value.Load
        ? Optional.of(new On(list, call.position()))
        : Optional.empty();
  }

  private boolean isOurs(Value node) {
    return typing.canonical(node) instanceof Value.AddressOf address
        && address.path().root().equals(variable)
        && address.path().lastField().equals(field);
  }
}
