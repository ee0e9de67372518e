// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.model.Api;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an object stays on the list on which it is found until its own release takes it off. Then
 * all other references may go while it is looked at, and the one that a look-up got may be the
 * last. Where somebody takes it off before he drops his reference, and does so under the lock of
 * those who look, nobody's can.
 */
final class FoundUntilRelease {
  private final Program program;
  private final Set<FunctionRef> releasing = new HashSet<>();

  FoundUntilRelease(PutSite site) {
    this.program = site.program();
    for (Descent.Reached reached : site.releasing()) {
      releasing.add(reached.function());
    }
  }

  /** Whether the function that takes the lock takes the object off a list, as nobody else does. */
  boolean by(FunctionRef taker) {
    for (Operation operation : program.operations(taker)) {
      Optional<Node> node = node(taker, operation);
      if (node.isPresent() && onlyInRelease(node.get())) {
        return true;
      }
    }
    return false;
  }

  /**
   * A node that is taken off a list.
   *
   * @param holder the member that embeds the struct of the node, if one does: what an iterator
   *     embeds of that struct is another object
   */
  private record Node(FieldRef field, Optional<FieldRef> holder) {}

  private Optional<Node> node(FunctionRef function, Operation operation) {
    Optional<Api> delete =
        program
            .model()
            .find("list", operation.api())
            .filter(a -> a.does("list", "delete", "delete-init"));
    if (delete.isEmpty()) {
      return Optional.empty();
    }
    Operand operand = operation.operand(delete.get().argument("node"));
    TypedPath path = operand.path();
    if (operand.form() != Operand.Form.ADDRESS || path.steps().isEmpty()) {
      return Optional.empty();
    }
    TypedPath embedding =
        new TypedPath(
            path.origin(),
            path.root(),
            path.type(),
            path.steps().subList(0, path.steps().size() - 1));
    return field(path, function).map(f -> new Node(f, field(embedding, function)));
  }

  private Optional<FieldRef> field(TypedPath path, FunctionRef function) {
    return program.types().resolve(path, function.file()).flatMap(Types.Place::field);
  }

  private boolean onlyInRelease(Node node) {
    List<ListUses.Use> uses = ListUses.of(program).of(node.field());
    return uses.stream()
        .filter(u -> node(u.function(), u.operation()).filter(node::equals).isPresent())
        .allMatch(u -> releasing.contains(u.function()));
  }
}
