// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.EntryPoints;
import dev.pinion.analyzer.link.Flavour;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.GracePeriods;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether, on every path to a removal, the list or what it hangs on was made unreachable and then a
 * grace period was waited for: the order that {@code Documentation/RCU/whatisRCU.rst} calls removal
 * and reclamation. What a plain {@code list_del} does after that no old reader sees. The wait may
 * be in a caller, as long as it is in all of them, or in the core that calls in.
 */
final class GraceBefore {
  private static final int MAX_LEVELS = 3;

  private final Program program;
  private final Set<Flavour> flavours;
  private final Unpublishing unpublishing;

  private GraceBefore(Program program, Set<Flavour> flavours, Unpublishing unpublishing) {
    this.program = program;
    this.flavours = flavours;
    this.unpublishing = unpublishing;
  }

  /** How far a path has come. */
  private enum Phase {
    NOTHING,
    UNPUBLISHED,
    WAITED
  }

  /**
   * @param proof the lines that brought the path there
   */
  private record State(Phase phase, List<Related> proof) {
    static final State START = new State(Phase.NOTHING, List.of());

    State and(Phase next, Related line) {
      List<Related> lines = new ArrayList<>(next == Phase.UNPUBLISHED ? List.of() : proof);
      lines.add(line);
      return new State(next, List.copyOf(lines));
    }
  }

  /** The lines that prove it, if every path to the removal has passed both in this order. */
  static Optional<List<Related>> surely(Update update) {
    Program program = update.program();
    Set<Flavour> flavours = RcuLists.of(program).flavours(update.field());
    return new GraceBefore(program, flavours, Unpublishing.of(update))
        .surely(update.ref(), update.call(), Optional.of(update));
  }

  /**
   * The same of a call that frees what a pointer had, before which the object with the pointer was
   * made unreachable.
   */
  static Optional<List<Related>> surely(
      FunctionRef function, Instruction.Call call, Set<Flavour> flavours, Unpublishing holder) {
    return new GraceBefore(holder.program(), flavours, holder)
        .surely(function, call, Optional.empty());
  }

  private Optional<List<Related>> surely(
      FunctionRef function, Instruction.Call call, Optional<Update> update) {
    return at(function, i -> i.equals(call), update, MAX_LEVELS)
        .filter(s -> s.phase() == Phase.WAITED)
        .map(State::proof);
  }

  /** What every path to every matching instruction has in common; empty if there is none. */
  private Optional<State> at(
      FunctionRef function, Predicate<Instruction> wanted, Optional<Update> update, int levels) {
    State entry = entry(function, levels);
    if (entry.phase() == Phase.NOTHING && !GracePeriods.of(program).mayWaitIn(function)) {
      return Optional.of(State.START);
    }
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<State> solution =
        Solver.forward(body.function().cfg(), new Paths(function, body, entry, update));
    List<State> before = new ArrayList<>();
    if (solution.complete()) {
      solution.forEach(
          (block, instruction, state) -> {
            if (wanted.test(instruction)) {
              before.add(state);
            }
          });
    }
    return before.stream().reduce(GraceBefore::least);
  }

  private static State least(State left, State right) {
    return left.phase().compareTo(right.phase()) <= 0 ? left : right;
  }

  /**
   * Where two paths meet: the wait must be on both, while what was made unreachable may be on one.
   * Loops that unpublish any number of objects and wait once would be lost otherwise.
   */
  private static State meet(State left, State right) {
    if (left.phase() == Phase.WAITED && right.phase() == Phase.WAITED) {
      return least(left, right);
    }
    if (left.phase() == Phase.UNPUBLISHED) {
      return left;
    }
    return right.phase() == Phase.UNPUBLISHED ? right : least(left, right);
  }

  /** What all ways into a function have in common. */
  private State entry(FunctionRef function, int levels) {
    if (levels == 0) {
      return State.START;
    }
    Optional<State> common = Optional.empty();
    for (OpsTables.Escape escape : OpsTables.of(program).escapesOf(function)) {
      State here = byCore(function, escape);
      common = Optional.of(common.map(c -> least(c, here)).orElse(here));
    }
    for (FunctionRef caller : program.callersOf(function)) {
      if (common.isPresent() && common.get().phase() == Phase.NOTHING) {
        return State.START;
      }
      State here =
          at(
                  caller,
                  i -> i instanceof Instruction.Call c && c.calls(function.name()),
                  Optional.empty(),
                  levels - 1)
              .orElse(State.START);
      common = Optional.of(common.map(c -> least(c, here)).orElse(here));
    }
    return common.orElse(State.START);
  }

  private State byCore(FunctionRef function, OpsTables.Escape escape) {
    boolean callback =
        program
            .model()
            .find("rcu", escape.callee())
            .filter(a -> a.operation().equals("callback"))
            .filter(a -> a.argument("callback") == escape.argument())
            .isPresent();
    boolean grace =
        EntryPoints.of(program)
            .row(escape)
            .filter(a -> a.is("grace"))
            .filter(a -> !a.is("builtin") || isBuiltIn(function))
            .isPresent();
    return callback || grace
        ? new State(
            Phase.WAITED,
            List.of(
                new Related(
                    Location.of(function.file(), program.facts(function).position()),
                    function.name() + "() is called by the core after a grace period")))
        : State.START;
  }

  private boolean isBuiltIn(FunctionRef function) {
    return ModuleMap.of(program).kindOf(function.file()) == ModuleMap.Kind.BUILT_IN;
  }

  /** Follows the phases along the paths of one function. */
  private final class Paths implements Analysis<State> {
    private final FunctionRef function;
    private final Contexts.Body body;
    private final State entry;
    private final Optional<Update> update;

    Paths(FunctionRef function, Contexts.Body body, State entry, Optional<Update> update) {
      this.function = function;
      this.body = body;
      this.entry = entry;
      this.update = update;
    }

    @Override
    public State entry() {
      return entry;
    }

    @Override
    public State join(State left, State right) {
      return meet(left, right);
    }

    @Override
    public State after(Instruction instruction, State before) {
      if (!(instruction instanceof Instruction.Call call)) {
        return before;
      }
      if (inserts(call)) {
        return State.START;
      }
      State state =
          before.phase() == Phase.NOTHING && unpublishing.by(function, body, call)
              ? before.and(Phase.UNPUBLISHED, at(call, "made unreachable"))
              : before;
      boolean waits =
          state.phase() == Phase.UNPUBLISHED
              && GracePeriods.of(program).waits(function, call, flavours);
      return waits ? state.and(Phase.WAITED, at(call, "waits for a grace period")) : state;
    }

    private Related at(Instruction.Call call, String what) {
      return new Related(Location.of(function.file(), call.position()), what);
    }

    /** The node is put where readers may find it. */
    private boolean inserts(Instruction.Call call) {
      Optional<Api> api = program.model().find("list", call.name());
      int node = api.map(a -> a.argument("node")).orElse(-1);
      return update.isPresent()
          && api.isPresent()
          && api.get().is("rcu")
          && api.get().operation().equals("insert")
          && node < call.arguments().size()
          && body.typing()
              .canonical(call.arguments().get(node))
              .equals(new Value.AddressOf(update.get().node()));
    }
  }
}
