// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
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
 * @param call the walk or the peek
 * @param head canonical pointer to the list head
 */
record NodeOrigin(Removal removal, Instruction.Call call, Value head) {

  /**
   * Where the removed node comes from; empty if it is a parameter, or comes from several places.
   */
  static Optional<NodeOrigin> of(Removal removal) {
    String cursor = removal.node().root();
    if (removal.object().steps().size() > 0) {
      return Optional.empty();
    }
    List<Instruction> sources = assignments(removal, cursor);
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

  private static List<Instruction> assignments(Removal removal, String variable) {
    List<Instruction> all = new ArrayList<>();
    for (BasicBlock block : removal.function().cfg().blocks()) {
      for (Instruction i : block.instructions()) {
        boolean assigns =
            i instanceof Instruction.Assign a
                ? a.target().isVariable() && a.target().root().equals(variable)
                : ((Instruction.Call) i)
                    .result()
                    .filter(r -> r.isVariable() && r.root().equals(variable))
                    .isPresent();
        if (assigns) {
          all.add(i);
        }
      }
    }
    return all;
  }

  private static Optional<NodeOrigin> origin(Removal removal, Instruction source) {
    if (source instanceof Instruction.Assign assign) {
      return assign.value() instanceof Value.Load load && load.path().isTemporary()
          ? removal.typing().definition(load.path().root()).flatMap(d -> origin(removal, d))
          : Optional.empty();
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
        ? Optional.of(new NodeOrigin(removal, call, head))
        : Optional.empty();
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
