// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Flavour;
import dev.pinion.analyzer.link.Frees;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.GracePeriods;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What becomes of a node after its removal. Where on every path a grace period comes first,
 * whatever comes then, the removal may become one that keeps readers going, and nothing else has to
 * change. Whoever else gets hold of the node before, even if only to print it, might free it or put
 * it on a list again: then that is not proved.
 */
final class NodeFate {
  private static final int MAX_LEVELS = 2;

  private final Program program;
  private final Set<Flavour> flavours;
  private final boolean onlyPlainRcu;

  private NodeFate(Update removal) {
    this.program = removal.program();
    this.flavours = RcuLists.of(program).flavours(removal.field());
    this.onlyPlainRcu = onlyPlainRcu(program, removal.field());
  }

  /**
   * Whether all readers by a field are those of plain RCU, for whom {@code kfree_rcu} and {@code
   * call_rcu} wait; one of whom only the iterator is known may be SRCU's.
   */
  static boolean onlyPlainRcu(Program program, FieldRef field) {
    RcuLists lists = RcuLists.of(program);
    return lists.flavours(field).equals(Set.of(Flavour.RCU))
        && lists.readers(field).stream().noneMatch(r -> r.use().api().is("srcu"));
  }

  /** What comes, or may come, before a grace period; empty if one surely comes first. */
  static Optional<String> obstacle(Update removal) {
    NodeFate fate = new NodeFate(removal);
    if (!fate.onlyPlainRcu
        && fate.flavours.stream()
            .anyMatch(f -> f.equals(Flavour.ANY_SRCU) || f.equals(Flavour.RCU))) {
      return Optional.of("which srcu_struct its readers are in is not known of all of them");
    }
    return fate.after(removal.ref(), removal.call()::equals, removal.object(), MAX_LEVELS);
  }

  /** How far a path has come, best first. */
  private enum Phase {
    ON_LIST,
    WAITED,
    REMOVED,
    LOST
  }

  /**
   * @param why what happened to a node that is lost
   */
  private record State(Phase phase, String why) {
    static final State ON_LIST = new State(Phase.ON_LIST, "");
    static final State WAITED = new State(Phase.WAITED, "");
    static final State REMOVED = new State(Phase.REMOVED, "");

    State worse(State other) {
      int order = phase.compareTo(other.phase);
      return order > 0 || (order == 0 && why.compareTo(other.why) <= 0) ? this : other;
    }
  }

  private Optional<String> after(
      FunctionRef function, Predicate<Instruction> start, AccessPath object, int levels) {
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<State> solution =
        Solver.forward(body.function().cfg(), new Paths(function, body, start, object));
    State end = State.ON_LIST;
    for (BasicBlock block : body.function().cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return) {
        end = solution.exit(block.id()).map(end::worse).orElse(end);
      }
    }
    if (!solution.complete() || end.phase() == Phase.ON_LIST) {
      return Optional.of(function.name() + "() is not understood");
    }
    return switch (end.phase()) {
      case REMOVED -> inCallers(function, body, object, levels);
      case LOST -> Optional.of(end.why());
      default -> Optional.empty();
    };
  }

  private Optional<String> inCallers(
      FunctionRef function, Contexts.Body body, AccessPath object, int levels) {
    int parameter = object.isVariable() ? body.function().parameterIndex(object.root()) : -1;
    Optional<List<CallSites.Site>> sites = CallSites.into(program, function);
    if (parameter < 0 || levels == 0 || sites.isEmpty() || sites.get().isEmpty()) {
      return Optional.of(
          "what becomes of '"
              + object.spelled()
              + "' after "
              + function.name()
              + "() is not known");
    }
    for (CallSites.Site site : sites.get()) {
      Optional<AccessPath> passed = site.passed(parameter);
      Optional<String> there =
          passed.isPresent()
              ? after(site.caller(), site.call()::equals, passed.get(), levels - 1)
              : Optional.of("which node " + site.caller().name() + "() passes is not known");
      if (there.isPresent()) {
        return there;
      }
    }
    return Optional.empty();
  }

  /** The paths through one function. */
  private final class Paths implements Analysis<State> {
    private final FunctionRef function;
    private final Contexts.Body body;
    private final Predicate<Instruction> start;
    private final AccessPath object;

    Paths(
        FunctionRef function, Contexts.Body body, Predicate<Instruction> start, AccessPath object) {
      this.function = function;
      this.body = body;
      this.start = start;
      this.object = object;
    }

    @Override
    public State entry() {
      return State.ON_LIST;
    }

    @Override
    public State join(State left, State right) {
      return left.worse(right);
    }

    @Override
    public State after(Instruction instruction, State before) {
      if (before.phase() == Phase.LOST) {
        return before;
      }
      if (start.test(instruction)) {
        return State.REMOVED;
      }
      if (before.phase() != Phase.REMOVED) {
        return before;
      }
      if (instruction instanceof Instruction.Call call) {
        return call.result().filter(object::startsWith).isPresent()
            ? lost("the pointer to it becomes another", call)
            : afterCall(call);
      }
      Instruction.Assign assign = (Instruction.Assign) instruction;
      if (object.startsWith(assign.target())) {
        return lost("the pointer to it becomes another", assign);
      }
      return mentions(assign.value()) ? lost("it is stored", assign) : before;
    }

    private State afterCall(Instruction.Call call) {
      if ((onlyPlainRcu && DeferredFree.defers(program, body.typing(), call, object.toString()))
          || flavours.stream()
              .allMatch(f -> GracePeriods.of(program).waits(function, call, Set.of(f)))) {
        return State.WAITED;
      }
      if (Frees.of(program).byCall(function, body.typing(), call, object.toString()).isPresent()) {
        return lost("it is freed", call);
      }
      if (call.arguments().stream().noneMatch(this::mentions) || isHarmless(call)) {
        return State.REMOVED;
      }
      return program.model().find("list", call.name()).isPresent()
          ? lost("its links are set again", call)
          : lost(call.name().isEmpty() ? "it is passed on" : call.name() + "() gets it", call);
    }

    /** Locks in the object, and its removal from another list. */
    private boolean isHarmless(Instruction.Call call) {
      Optional<Api> list = program.model().find("list", call.name());
      return program.model().find("lock", call.name()).isPresent()
          || list.filter(a -> a.does("list", "delete", "walk", "peek")).isPresent();
    }

    /** Whether a value is the object, or points into it. */
    private boolean mentions(Value value) {
      Value canonical = body.typing().canonical(value);
      if (canonical instanceof Value.Load load) {
        return load.path().equals(object);
      }
      if (canonical instanceof Value.AddressOf address) {
        return address.path().holder().equals(object) || address.path().equals(object);
      }
      if (canonical instanceof Value.ContainerOf container) {
        return mentions(container.inner());
      }
      return canonical instanceof Value.Compound compound
          && compound.operands().stream().anyMatch(this::mentions);
    }

    private State lost(String what, Instruction where) {
      return new State(
          Phase.LOST,
          what + " at " + function.file() + ":" + where.position().line() + " with none before");
    }
  }
}
