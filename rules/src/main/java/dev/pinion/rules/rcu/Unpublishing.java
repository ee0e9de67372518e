// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.GracePeriods;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which calls take a list out of its readers' reach: the removal with {@code _rcu} of an object on
 * the way to the list's head, or on the way to the list in which that object itself stands, a NULL
 * published in place of one, or the whole list taken over. That some other object was made
 * unreachable proves nothing.
 */
final class Unpublishing {
  private static final int MAX_LEVELS = 2;

  private final Program program;
  private final FieldRef field;
  private final Way way;

  private Unpublishing(Program program, FieldRef field, Way way) {
    this.program = program;
    this.field = field;
    this.way = way;
  }

  static Unpublishing of(Update update) {
    Program program = update.program();
    Way way = new Way(new TreeSet<>(), new TreeSet<>());
    NodeOrigins.of(update)
        .first()
        .ifPresent(
            origin ->
                origin.owner().ifPresent(owner -> way.add(program, origin.function(), owner)));
    return new Unpublishing(program, update.field(), way);
  }

  /** The same for what hangs on a pointer, which the owner has. */
  static Unpublishing of(
      Program program, FunctionRef function, FieldRef pointer, AccessPath owner) {
    Way way = new Way(new TreeSet<>(), new TreeSet<>());
    way.add(program, function, owner);
    return new Unpublishing(program, pointer, way);
  }

  /**
   * The structs on the way to an object.
   *
   * @param holders of the pointers that lead to it
   * @param above those from whose lists one of the holders is taken; they may stand on many lists,
   *     of which those count that readers walk
   */
  private record Way(Set<String> holders, Set<String> above) {
    void add(Program program, FunctionRef function, AccessPath owner) {
      Contexts.Body body = Contexts.of(program).body(function);
      Optional<AccessPath> next = Optional.of(owner);
      for (int level = 0; next.isPresent() && level <= MAX_LEVELS; level++) {
        AccessPath p = next.get();
        while (true) {
          program
              .types()
              .resolve(body.typing().typed(p), function.file())
              .flatMap(t -> program.types().tag(t.type(), t.file()))
              .ifPresent((level == 0 ? holders : above)::add);
          if (p.isVariable()) {
            break;
          }
          p = p.parent();
        }
        next = walked(program, body.function(), p);
      }
    }

    boolean isUnlinkedBy(FieldRef node, Program program) {
      return holders.contains(node.owner())
          || (above.contains(node.owner()) && RcuLists.of(program).isContract(node));
    }
  }

  /** What has the list that a local variable is taken from, if it only ever walks that one. */
  private static Optional<AccessPath> walked(Program program, Function body, AccessPath variable) {
    Set<AccessPath> owners = new HashSet<>();
    if (body.parameterIndex(variable.root()) >= 0) {
      return Optional.empty();
    }
    for (BasicBlock block : body.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (isGivenAway(instruction, variable)) {
          return Optional.empty();
        }
        if (sets(instruction, variable)) {
          Optional<AccessPath> head = headOf(program, instruction);
          if (head.isEmpty()) {
            return Optional.empty();
          }
          owners.add(head.get());
        }
      }
    }
    return owners.size() == 1 ? owners.stream().findFirst() : Optional.empty();
  }

  /** Whether the variable's own address leaves, so that others may set it. */
  private static boolean isGivenAway(Instruction instruction, AccessPath variable) {
    Value address = new Value.AddressOf(variable);
    return instruction instanceof Instruction.Assign assign
        ? assign.value().equals(address)
        : ((Instruction.Call) instruction).arguments().contains(address);
  }

  private static boolean sets(Instruction instruction, AccessPath variable) {
    return instruction instanceof Instruction.Assign assign
        ? assign.target().equals(variable)
        : ((Instruction.Call) instruction).result().filter(variable::equals).isPresent();
  }

  private static Optional<AccessPath> headOf(Program program, Instruction instruction) {
    if (!(instruction instanceof Instruction.Call call)
        || call.kind() != Instruction.CallKind.ITERATOR) {
      return Optional.empty();
    }
    return program
        .model()
        .find("list", call.name())
        .map(a -> a.argument("head"))
        .filter(head -> head >= 0 && head < call.arguments().size())
        .map(call.arguments()::get)
        .filter(v -> v instanceof Value.AddressOf)
        .map(v -> ((Value.AddressOf) v).path())
        .filter(p -> !p.isVariable())
        .map(AccessPath::parent);
  }

  Program program() {
    return program;
  }

  /** Whether the call, in that body, makes the list unreachable for readers that start later. */
  boolean by(FunctionRef function, Contexts.Body body, Instruction.Call call) {
    return here(function, body, call)
        || program
            .resolve(call.name(), function.file())
            .filter(callee -> inside(callee, MAX_LEVELS))
            .isPresent();
  }

  private boolean here(FunctionRef function, Contexts.Body body, Instruction.Call call) {
    Optional<Api> list = program.model().find("list", call.name());
    if (list.isPresent()) {
      return unlinksHolder(function, call, list.get()) || takesOver(function, call, list.get());
    }
    Optional<Api> rcu = program.model().find("rcu", call.name());
    return rcu.isPresent() && clearsHolder(function, body, call, rcu.get());
  }

  private boolean unlinksHolder(FunctionRef function, Instruction.Call call, Api api) {
    if (!api.is("unlink")) {
      return false;
    }
    ListUses uses = ListUses.of(program);
    return program.facts(function).operations().stream()
        .filter(o -> o.api().equals(call.name()) && o.position().equals(call.position()))
        .flatMap(o -> uses.nodeField(new ListUses.Use(api, function, o)).stream())
        .anyMatch(f -> f.equals(field) || way.isUnlinkedBy(f, program));
  }

  /** The whole list is spliced away, or its head made empty after it was copied. */
  private boolean takesOver(FunctionRef function, Instruction.Call call, Api api) {
    boolean whole = api.operation().equals("splice") || (api.does("list", "init") && api.is("rcu"));
    int head = api.argument("head");
    if (!whole || head < 0 || head >= call.arguments().size()) {
      return false;
    }
    Optional<Set<String>> names = Heads.of(program).names(function, call.arguments().get(head));
    Optional<Set<String>> published = RcuLists.of(program).publishedHeads(field);
    return names.isPresent()
        && published.isPresent()
        && !Collections.disjoint(names.get(), published.get());
  }

  /** {@code rcu_assign_pointer(p, NULL)} and its like, where {@code p} leads to a holder. */
  private boolean clearsHolder(
      FunctionRef function, Contexts.Body body, Instruction.Call call, Api rcu) {
    if (!rcu.operation().equals("publish")
        || rcu.argument("value") >= call.arguments().size()
        || !call.arguments().get(rcu.argument("value")).equals(Value.ZERO)) {
      return false;
    }
    return call.arguments().get(0) instanceof Value.Load pointer
        && program
            .types()
            .resolve(body.typing().typed(pointer.path()), function.file())
            .flatMap(t -> program.types().tag(t.type(), t.file()))
            .filter(way.holders()::contains)
            .isPresent();
  }

  /** Whether a callee, or one of its callees, does it. */
  private boolean inside(FunctionRef function, int levels) {
    return program.memo(
        List.of("Unpublishing", function, levels, field, way),
        () -> {
          boolean mayDoIt =
              GracePeriods.of(program).mayWaitIn(function)
                  || program.facts(function).operations().stream()
                      .anyMatch(o -> program.model().find("list", o.api()).isPresent());
          if (mayDoIt) {
            Contexts.Body body = Contexts.of(program).body(function);
            if (Calls.of(body.function()).stream().anyMatch(c -> here(function, body, c))) {
              return true;
            }
          }
          return levels > 0
              && program.facts(function).callees().stream()
                  .flatMap(c -> program.resolve(c, function.file()).stream())
                  .anyMatch(c -> inside(c, levels - 1));
        });
  }
}
