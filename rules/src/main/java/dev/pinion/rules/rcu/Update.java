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
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.WalkedHeads;
import dev.pinion.analyzer.model.Api;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One call that changes a list: takes a node off or puts one on, or works on all of them.
 *
 * @param use the call as a fact
 * @param field the node's struct and field
 * @param call the call in the body
 * @param node canonical path of the node, {@code dev->vm_node}; of the head where all of the list
 *     is meant
 */
record Update(
    Program program,
    ListUses.Use use,
    FieldRef field,
    Function function,
    Typing typing,
    Instruction.Call call,
    AccessPath node) {

  /** The call in its body; empty if the body does not show it (a macro around it, say). */
  static Optional<Update> of(Program program, ListUses.Use use, FieldRef field) {
    Contexts.Body body = Contexts.of(program).body(use.function());
    int argument = use.api().argument(isOfWholeList(use.api()) ? "head" : "node");
    return Calls.at(body.function(), use.operation().api(), use.operation().position())
        .filter(c -> argument < c.arguments().size())
        .flatMap(
            c ->
                body.typing().canonical(c.arguments().get(argument)) instanceof Value.AddressOf a
                    ? Optional.of(
                        new Update(
                            program, use, field, body.function(), body.typing(), c, a.path()))
                    : Optional.empty());
  }

  /** The node field of the use, if lockless readers walk its list by it. */
  static Optional<FieldRef> field(Program program, ListUses.Use use) {
    RcuLists lists = RcuLists.of(program);
    return isOfWholeList(use.api())
        ? WalkedHeads.of(program).field(use)
        : lists.nodeField(use).filter(lists::isContract);
  }

  /** Whether operations of that row take a list and name no node of it. */
  static boolean isOfWholeList(Api api) {
    return api.argument("node") < 0 && api.argument("member") < 0 && api.argument("head") >= 0;
  }

  boolean isOfWholeList() {
    return isOfWholeList(use.api());
  }

  /** Whether the whole list goes to one that only this function has. */
  boolean takesOntoLocalList() {
    int to = use.api().argument("to");
    return to >= 0
        && to < call.arguments().size()
        && Heads.of(program)
            .names(use.function(), call.arguments().get(to))
            .filter(Set.of(Heads.LOCAL)::equals)
            .isPresent();
  }

  /** Whether a node comes onto the list, and none goes. */
  boolean adds() {
    return use.api().operation().equals("insert");
  }

  /** Whether the list comes back to its head, where a reader looks for its end. */
  boolean isOfCircularList() {
    return use.api().name().startsWith("list_");
  }

  /** What the call does, in the words of a story. */
  String deed() {
    String verb =
        switch (use.api().operation()) {
          case "insert" -> "adds the node with ";
          case "move" -> "moves the node with ";
          case "replace" -> "replaces the node with ";
          case "splice" -> "takes the list over with ";
          default -> "removes the node with ";
        };
    return verb + use.api().name() + "()";
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
