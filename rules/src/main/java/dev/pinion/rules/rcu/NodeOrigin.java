// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.ReachingDefinitions;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The list a node was met on: the walk whose cursor it is, or the {@code list_first_entry()} that
 * gave it.
 *
 * @param position of the walk or of the look at the head
 * @param head canonical pointer to the list head
 */
record NodeOrigin(Removal removal, Position position, Value head) {

  /**
   * Where the removed node comes from; empty if it is a parameter, or comes from several places.
   */
  static Optional<NodeOrigin> of(Removal removal) {
    String cursor = removal.node().root();
    if (removal.object().steps().size() > 0) {
      return Optional.empty();
    }
    List<Instruction> sources =
        ReachingDefinitions.of(removal.function().cfg(), cursor, removal.call());
    List<NodeOrigin> origins = new ArrayList<>();
    for (Instruction source : sources) {
      Optional<NodeOrigin> origin = origin(removal, source);
      if (origin.isEmpty()) {
        return origin;
      }
      origins.add(origin.get());
    }
    boolean oneHead = origins.stream().map(o -> o.head().toString()).distinct().count() == 1;
    return oneHead ? Optional.of(origins.get(0)) : Optional.empty();
  }

  private static Optional<NodeOrigin> origin(Removal removal, Instruction source) {
    if (source instanceof Instruction.Assign assign) {
      return assigned(removal, assign);
    }
    Instruction.Call call = (Instruction.Call) source;
    KernelModel model = removal.program().model();
    Optional<Api> walk =
        model.find("list", call.name()).filter(a -> a.does("list", "walk", "peek"));
    int argument = walk.isPresent() ? walk.get().argument("head") : 0;
    if (argument < 0 || argument >= call.arguments().size()) {
      return Optional.empty();
    }
    if (walk.isEmpty() && !givesEntry(call)) {
      return Optional.empty();
    }
    Value head = removal.typing().canonical(call.arguments().get(argument));
    return head instanceof Value.AddressOf || head instanceof Value.Load
        ? Optional.of(new NodeOrigin(removal, call.position(), head))
        : Optional.empty();
  }

  /** A copy of a temporary, or {@code container_of(head.next, …)}: the entry next to the head. */
  private static Optional<NodeOrigin> assigned(Removal removal, Instruction.Assign assign) {
    if (assign.value() instanceof Value.Load load && load.path().isTemporary()) {
      return removal.typing().definition(load.path().root()).flatMap(d -> origin(removal, d));
    }
    if (!(assign.value() instanceof Value.ContainerOf entry)
        || !(entry.inner() instanceof Value.Load link)
        || link.path().steps().isEmpty()) {
      return Optional.empty();
    }
    AccessPath head = link.path().parent();
    Step last = link.path().steps().get(link.path().steps().size() - 1);
    Value pointer = last instanceof Step.Arrow ? new Value.Load(head) : new Value.AddressOf(head);
    return Optional.of(
        new NodeOrigin(removal, assign.position(), removal.typing().canonical(pointer)));
  }

  /** {@code list_first_entry(head, type, member)} and its like name a type. */
  private static boolean givesEntry(Instruction.Call call) {
    return call.arguments().stream().anyMatch(a -> a instanceof Value.TypeOperand);
  }

  /** The head's tree-wide names, comparable to the published heads; empty if not known. */
  Optional<Set<String>> headNames() {
    return Heads.of(removal.program()).names(removal.ref(), head);
  }

  /** The pointer to the object that has the head; empty for a global head or one passed in. */
  Optional<AccessPath> owner() {
    return head instanceof Value.AddressOf address && !address.path().steps().isEmpty()
        ? Optional.of(address.path().holder())
        : head instanceof Value.Load load && !load.path().isVariable()
            ? Optional.of(load.path().holder())
            : Optional.empty();
  }
}
