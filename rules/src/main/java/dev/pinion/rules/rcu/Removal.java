// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import java.util.List;
import java.util.Optional;

/**
 * One call that takes a node off its list.
 *
 * @param use the call as a fact
 * @param field the node's struct and field
 * @param call the call in the body
 * @param node canonical path of the node, {@code dev->vm_node}
 */
record Removal(
    Program program,
    ListUses.Use use,
    FieldRef field,
    Function function,
    Typing typing,
    Instruction.Call call,
    AccessPath node) {

  /** The removal in its body; empty if the body does not show it (a macro around it, say). */
  static Optional<Removal> of(Program program, ListUses.Use use, FieldRef field) {
    Contexts.Body body = Contexts.of(program).body(use.function());
    int argument = use.api().argument("node");
    return Calls.at(body.function(), use.operation().api(), use.operation().position())
        .filter(c -> argument < c.arguments().size())
        .flatMap(
            c ->
                body.typing().canonical(c.arguments().get(argument)) instanceof Value.AddressOf a
                    ? Optional.of(
                        new Removal(
                            program, use, field, body.function(), body.typing(), c, a.path()))
                    : Optional.empty());
  }

  /** The lockless readers that may meet this node. */
  List<RcuLists.Reader> readers() {
    ListUses uses = ListUses.of(program);
    return RcuLists.of(program).readers(field).stream()
        .filter(r -> uses.mayBeOneList(r.use(), use))
        .toList();
  }

  FunctionRef ref() {
    return use.function();
  }

  Location location() {
    return use.location();
  }

  /** The pointer to the object that the node is part of. */
  AccessPath object() {
    return node.holder();
  }
}
