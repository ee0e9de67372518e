// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.ReachingDefinitions;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.link.WalkMacros;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All lists on which an updated node may have been met, or the one that the call itself names. A
 * node that is a parameter comes from where the callers have it from.
 */
final class NodeOrigins {
  private static final int MAX_LEVELS = 2;

  private final Program program;
  private final Update update;
  private final List<NodeOrigin> all;

  private NodeOrigins(Update update) {
    this(update, update.adds() || update.isOfWholeList());
  }

  private NodeOrigins(Update update, boolean named) {
    this.program = update.program();
    this.update = update;
    this.all =
        named
            ? target().stream().toList()
            : update.object().isVariable()
                ? find(update.ref(), update.object().root(), update.call(), MAX_LEVELS)
                    .orElse(List.of())
                : List.of();
  }

  /** On which lists a node may have been met that is put on another one now. */
  static NodeOrigins before(Update insertion) {
    return new NodeOrigins(insertion, false);
  }

  /** The list that the call names itself; empty where a neighbour is named in its place. */
  private Optional<NodeOrigin> target() {
    int argument = update.use().api().argument("head");
    if (argument < 0 || argument >= update.call().arguments().size()) {
      return Optional.empty();
    }
    Value head = update.typing().canonical(update.call().arguments().get(argument));
    boolean neighbour =
        head instanceof Value.AddressOf address
            && program
                .types()
                .resolve(update.typing().typed(address.path()), update.ref().file())
                .flatMap(Types.Place::field)
                .filter(update.field()::equals)
                .isPresent();
    return !neighbour && (head instanceof Value.AddressOf || head instanceof Value.Load)
        ? Optional.of(new NodeOrigin(update.ref(), update.call().position(), head))
        : Optional.empty();
  }

  static NodeOrigins of(Update update) {
    Program program = update.program();
    ListUses.Use use = update.use();
    FieldRef field = update.field();
    return program
        .memo(
            List.of("NodeOrigins", use, field),
            () -> Update.of(program, use, field).map(NodeOrigins::new))
        .orElseGet(() -> new NodeOrigins(update));
  }

  /** One of the origins, to be shown; empty if they are not all known. */
  Optional<NodeOrigin> first() {
    return all.stream().findFirst();
  }

  /** The tree-wide names of all heads, comparable to the published ones; empty if not all known. */
  Optional<Set<String>> headNames() {
    Set<String> names = new TreeSet<>();
    for (NodeOrigin origin : all) {
      Optional<Set<String>> some = Heads.of(program).names(origin.function(), origin.head());
      if (some.isEmpty()) {
        return some;
      }
      names.addAll(some.get());
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  /** The object that has the head, in the updater's names, if there is only one head there. */
  Optional<AccessPath> owner() {
    boolean one =
        !all.isEmpty()
            && all.stream()
                .allMatch(
                    o -> o.function().equals(update.ref()) && o.head().equals(all.get(0).head()));
    return one ? all.get(0).owner() : Optional.empty();
  }

  /** Where the variable's value comes from at that instruction; empty if any source is unknown. */
  private Optional<List<NodeOrigin>> find(
      FunctionRef function, String variable, Instruction at, int levels) {
    Contexts.Body body = Contexts.of(program).body(function);
    List<Instruction> sources = ReachingDefinitions.of(body.function().cfg(), variable, at);
    Optional<Variable> declared = body.function().variable(variable);
    if (sources.isEmpty()) {
      Optional<NodeOrigin> put =
          LastInsertion.before(
              program.model(), function, body, variable, update.node().lastField(), at);
      if (put.isPresent()) {
        return put.map(List::of);
      }
      return declared.filter(v -> v.kind() == Variable.Kind.PARAMETER).isPresent()
          ? inCallers(function, body.function().parameterIndex(variable), levels)
          : Optional.empty();
    }
    List<NodeOrigin> origins = new ArrayList<>();
    for (Instruction source : sources) {
      if (source instanceof Instruction.Assign none && none.value().equals(Value.ZERO)) {
        continue; // NULL is on no list.
      }
      Optional<NodeOrigin> origin =
          source instanceof Instruction.Assign assign
              ? assigned(function, body, assign, levels)
              : called(function, body, (Instruction.Call) source, variable);
      if (origin.isEmpty()) {
        return Optional.empty();
      }
      origins.add(origin.get());
    }
    return Optional.of(origins);
  }

  private Optional<List<NodeOrigin>> inCallers(FunctionRef function, int parameter, int levels) {
    if (levels == 0) {
      return Optional.empty();
    }
    List<NodeOrigin> origins = new ArrayList<>();
    for (CallSites.Site site : CallSites.into(program, function).orElse(List.of())) {
      Optional<List<NodeOrigin>> some =
          site.passed(parameter)
              .filter(AccessPath::isVariable)
              .flatMap(p -> find(site.caller(), p.root(), site.call(), levels - 1));
      if (some.isEmpty()) {
        return some;
      }
      origins.addAll(some.get());
    }
    return origins.isEmpty() ? Optional.empty() : Optional.of(origins);
  }

  /** A walk, a peek, or a call that gives an object which is then put on a list here. */
  private Optional<NodeOrigin> called(
      FunctionRef function, Contexts.Body body, Instruction.Call call, String variable) {
    Optional<Api> walk =
        program.model().find("list", call.name()).filter(a -> a.does("list", "walk", "peek"));
    int argument = walk.map(a -> a.argument("head")).orElse(-1);
    if (walk.isEmpty() && givesEntry(call)) {
      argument = 0;
    }
    if (call.kind() == Instruction.CallKind.ITERATOR && walk.isEmpty()) {
      argument = WalkMacros.of(program).head(call.name(), function.file());
    }
    if (isByOtherMember(call, walk)) {
      return Optional.empty(); // on which list of ours the object is, this walk does not tell
    }
    if (argument >= 0 && argument < call.arguments().size()) {
      Value head = body.typing().canonical(call.arguments().get(argument));
      return head instanceof Value.AddressOf || head instanceof Value.Load
          ? Optional.of(new NodeOrigin(function, call.position(), head))
          : Optional.empty();
    }
    return walk.isEmpty() && call.kind() == Instruction.CallKind.ORDINARY
        ? inserted(function, body, variable)
        : Optional.empty();
  }

  /** Whether the walk goes by another node of the object than the one that is removed. */
  private boolean isByOtherMember(Instruction.Call call, Optional<Api> walk) {
    int member = walk.map(a -> a.argument("member")).orElse(-1);
    if (walk.isEmpty() && givesEntry(call)) {
      member = call.arguments().size() - 1;
    }
    return member >= 0
        && member < call.arguments().size()
        && call.arguments().get(member) instanceof Value.Load name
        && !isNode(name.path());
  }

  /** Whether a member as walks name it, {@code entry} or {@code s.entry}, is the node's. */
  private boolean isNode(AccessPath member) {
    List<String> names = new ArrayList<>(List.of(member.root()));
    member.steps().forEach(s -> names.add(name(s)));
    AccessPath object = update.object();
    List<String> node =
        update.node().steps().stream().skip(object.steps().size()).map(NodeOrigins::name).toList();
    return names.equals(node);
  }

  private static String name(Step step) {
    if (step instanceof Step.Arrow arrow) {
      return arrow.name();
    }
    return step instanceof Step.Dot dot ? dot.name() : "[]";
  }

  /** {@code list_first_entry(head, type, member)} and its like name a type. */
  private static boolean givesEntry(Instruction.Call call) {
    return call.arguments().stream().anyMatch(a -> a instanceof Value.TypeOperand);
  }

  /** The only insertion of the variable's node in the function. */
  private Optional<NodeOrigin> inserted(FunctionRef function, Contexts.Body body, String variable) {
    List<NodeOrigin> insertions = new ArrayList<>();
    for (Instruction.Call call : Calls.of(body.function())) {
      Optional<Api> insert =
          program.model().find("list", call.name()).filter(a -> a.does("list", "insert"));
      if (insert.isEmpty() || insert.get().argument("head") >= call.arguments().size()) {
        continue;
      }
      Value node = body.typing().canonical(call.arguments().get(insert.get().argument("node")));
      Value head = body.typing().canonical(call.arguments().get(insert.get().argument("head")));
      boolean ours =
          node instanceof Value.AddressOf address
              && address.path().root().equals(variable)
              && address.path().lastField().equals(update.node().lastField());
      if (ours && (head instanceof Value.AddressOf || head instanceof Value.Load)) {
        insertions.add(new NodeOrigin(function, call.position(), head));
      }
    }
    return insertions.size() == 1 ? Optional.of(insertions.get(0)) : Optional.empty();
  }

  /** A copy, or {@code container_of()} of the head's first link or of a raw cursor. */
  private Optional<NodeOrigin> assigned(
      FunctionRef function, Contexts.Body body, Instruction.Assign assign, int levels) {
    Value value =
        assign.value() instanceof Value.ContainerOf entry ? entry.inner() : assign.value();
    if (!(value instanceof Value.Load link)) {
      return Optional.empty();
    }
    if (link.path().isVariable()) {
      return find(function, link.path().root(), assign, levels)
          .filter(o -> o.size() == 1)
          .map(o -> o.get(0));
    }
    if (!(assign.value() instanceof Value.ContainerOf)) {
      return assign.target().isVariable()
          ? inserted(function, body, assign.target().root())
          : Optional.empty();
    }
    AccessPath head = link.path().parent();
    Step last = link.path().steps().get(link.path().steps().size() - 1);
    Value pointer = last instanceof Step.Arrow ? new Value.Load(head) : new Value.AddressOf(head);
    Value canonical = body.typing().canonical(pointer);
    return Optional.of(new NodeOrigin(function, assign.position(), canonical));
  }
}
